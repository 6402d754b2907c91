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
  // A page that draws nothing may never be told that it is idle.
  window.requestIdleCallback ? requestIdleCallback(start, { timeout: 500 }) : start();
}
