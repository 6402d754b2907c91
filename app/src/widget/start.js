(() => {
  const place = document.getElementById("widget-place");
  const { interaction, files, language, anew, nonce, brand: theirs } = JSON.parse(place.dataset.configuration);
  const { issuer, clientId, redirectUri, state, codeChallenge, codeChallengeMethod, scopes } = interaction;
  const root = document.documentElement;
  const memory = { storageTypes: ["memory"], storageType: "memory" };
  // Whatever way the style writes a colour, the browser tells its channels.
  const probe = document.head.appendChild(document.createElement("span"));
  const channels = (color) => {
    probe.style.color = color;
    return getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(Number);
  };
  /** One colour moved towards another, by a share between 0 and 1. */
  const mixed = (color, other, share) => {
    const target = channels(other);
    const between = channels(color).map((value, at) => Math.round(value + (target[at] - value) * share));
    return `#${between.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  };
  /** How well a colour can be told from another (WCAG 2.2, contrast ratio). */
  const contrast = (color, other) => {
    const [dark, light] = [color, other]
      .map((one) => {
        const [red, green, blue] = channels(one).map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      })
      .sort((one, another) => one - another);
    return (light + 0.05) / (dark + 0.05);
  };
  /** A colour that can be told from the ground: the first on the way to that of the text. */
  const legible = (color, ground, text, least) => {
    const shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
    return shares.map((share) => mixed(color, text, share)).find((one) => contrast(one, ground) >= least) ?? text;
  };
  /** The colours that say whose page it is: those of the org's brand where they are known, else the app's. */
  const accents = (of) => {
    if (!theirs) {
      return { brand: of("brand"), strong: of("brand-strong"), link: of("link"), inverse: of("brand-contrast"), focus: of("brand") };
    }
    const [surface, text] = [of("surface"), of("text")];
    return {
      brand: theirs.primary,
      // Away from the words on it, which stay legible.
      strong: mixed(theirs.primary, contrast(theirs.contrast, "#000000") > contrast(theirs.contrast, "#ffffff") ? "#000000" : "#ffffff", 0.2),
      link: legible(theirs.primary, surface, text, 4.5),
      inverse: theirs.contrast,
      focus: legible(theirs.primary, surface, text, 3),
    };
  };
  /** What the widget calculates with must be colours, so the names of the tokens do not do. */
  const tokens = () => {
    const style = getComputedStyle(root);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    const { brand, strong, link, inverse, focus } = accents(of);
    const [text, quiet] = ["text", "text-quiet"].map(of);
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
      FocusOutlineColorPrimary: focus,
      FocusOutlineColorDanger: danger,
      BorderColorControl: edge,
      BorderColorDisplay: line,
      BorderColorDisabled: line,
      BorderColorPrimaryControl: focus,
      BorderColorPrimaryDark: strong,
      BorderColorDangerControl: danger,
      BorderColorDangerDark: danger,
      BorderRadiusMain: of("radius-small"),
      TypographyColorBody: text,
      TypographyColorHeading: text,
      TypographyColorInverse: inverse,
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
  // The style writes on buttons with it.
  if (theirs) place.style.setProperty("--brand-contrast", theirs.contrast);
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
