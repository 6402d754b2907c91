(() => {
  const place = document.getElementById("widget-place");
  const { interaction, files, language, anew, nonce } = JSON.parse(place.dataset.configuration);
  const { issuer, clientId, redirectUri, state, codeChallenge, codeChallengeMethod, scopes } = interaction;
  const root = document.documentElement;
  const memory = { storageTypes: ["memory"], storageType: "memory" };
  /** What the widget calculates with must be colours, so the names of the tokens do not do. */
  const tokens = () => {
    const style = getComputedStyle(root);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    const [brand, strong, link, text, quiet] = ["brand", "brand-strong", "link", "text", "text-quiet"].map(of);
    const [line, edge, sunken, danger, good] = ["line", "line-strong", "surface-sunken", "danger", "good"].map(of);
    const font = of("font");
    return {
      HueNeutralWhite: of("surface"),
      HueNeutral50: sunken,
      HueNeutral100: sunken,
      HueNeutral200: line,
      HueNeutral300: line,
      HueNeutral400: edge,
      HueNeutral500: edge,
      HueNeutral600: quiet,
      HueNeutral700: quiet,
      HueNeutral800: text,
      HueNeutral900: text,
      HueRed50: sunken,
      HueRed100: sunken,
      HueRed200: danger,
      HueRed300: danger,
      HueRed500: danger,
      HueRed600: danger,
      HueRed700: danger,
      HueRed900: danger,
      HueBlue50: sunken,
      HueBlue100: sunken,
      HueBlue200: line,
      HueBlue300: strong,
      HueBlue500: brand,
      HueBlue700: strong,
      HueBlue900: text,
      HueGreen50: sunken,
      HueGreen100: sunken,
      HueGreen500: good,
      HueGreen900: good,
      HueYellow50: sunken,
      HueYellow100: sunken,
      PalettePrimaryLighter: sunken,
      PalettePrimaryHighlight: sunken,
      PalettePrimaryLight: strong,
      PalettePrimaryMain: brand,
      PalettePrimaryText: link,
      PalettePrimaryDark: strong,
      PalettePrimaryDarker: strong,
      PalettePrimaryHeading: text,
      PaletteDangerLighter: sunken,
      PaletteDangerHighlight: sunken,
      PaletteDangerLight: danger,
      PaletteDangerMain: danger,
      PaletteDangerText: danger,
      PaletteDangerDark: danger,
      PaletteDangerHeading: danger,
      PaletteSuccessLighter: sunken,
      PaletteSuccessHighlight: sunken,
      PaletteSuccessMain: good,
      PaletteSuccessText: good,
      FocusOutlineColorPrimary: brand,
      FocusOutlineColorDanger: danger,
      BorderColorControl: edge,
      BorderColorDisplay: line,
      BorderColorDisabled: line,
      BorderColorPrimaryControl: brand,
      BorderColorPrimaryDark: strong,
      BorderColorDangerControl: danger,
      BorderColorDangerDark: danger,
      BorderRadiusMain: of("radius-small"),
      TypographyColorBody: text,
      TypographyColorHeading: text,
      TypographyColorInverse: of("brand-contrast"),
      TypographyColorSupport: quiet,
      TypographyColorSubordinate: quiet,
      TypographyColorDisabled: quiet,
      TypographyColorAction: link,
      TypographyColorDanger: danger,
      TypographyColorSuccess: good,
      TypographyFamilyBody: font,
      TypographyFamilyHeading: font,
      TypographyFamilyButton: font,
      TypographyFamilyMono: of("font-mono"),
    };
  };
  const show = () => {
    const widget = new OktaSignIn({
      issuer,
      baseUrl: issuer.split("/oauth2")[0],
      clientId,
      redirectUri,
      state,
      codeChallenge,
      codeChallengeMethod,
      scopes,
      authScheme: "oauth2",
      redirect: "always",
      language,
      cspNonce: nonce,
      assets: { baseUrl: files },
      // The app begins interactions; a page without the app's secret cannot.
      backToSignInUri: anew,
      features: { setPageTitle: false },
      authParams: {
        storageManager: { transaction: memory, "shared-transaction": memory, "original-uri": memory, "idx-response": memory },
        transactionManager: { enableSharedStorage: false },
      },
      theme: { tokens: tokens() },
    });
    // The widget goes on with what it finds here and begins nothing by itself.
    widget.authClient.idx.saveTransactionMeta({ ...interaction, flow: "default", responseType: "code", withCredentials: true });
    widget.on("afterRender", () => {
      place.removeAttribute("aria-busy");
      // The widget is the `main` of the page from now on. A first heading is there already.
      document.getElementById("main").removeAttribute("role");
      for (const heading of place.querySelectorAll("h1")) heading.setAttribute("aria-level", "2");
    });
    widget.showSignIn({ el: "#widget-place" }).catch(() => {
      document.getElementById("widget-failure").hidden = false;
    });
    return widget;
  };
  let shown = show();
  // The interaction goes on where it was, in the other colours.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    shown.remove();
    shown = show();
  });
})();
