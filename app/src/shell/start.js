(script, wasm) => {
  const start = async () => {
    const app = await import(script);
    await app.default({ module_or_path: wasm });
    app.hydrate();
    const wake = async (island, name) => {
      island.parentElement?.closest("leptos-children")?.$$on_hydrate?.();
      await app[name]?.(island);
    };
    window.__hydrateIsland = wake;
    for (const island of document.querySelectorAll("leptos-island"))
      await wake(island, island.dataset.component);
  };
  window.requestIdleCallback ? requestIdleCallback(start) : start();
}
