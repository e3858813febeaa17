// What axe's verdict about colours depends on, as one line for each element: its situation. Two elements whose lines
// are the same get the same verdict, so only the first of them in a run has to be judged.
//
// The line holds what is computed from style sheets and page alike: the colour, size and weight of the text, and every
// background under it up to the first that lets nothing through. An element for which that does not tell all (text of
// which another element covers a part, anything that is see-through, mixed, masked or filtered, a shadow, a picture
// behind it, text outside of its own background, drawings) has no line, and is judged each time it is met.
(() => {
  const CLEAR = "rgba(0, 0, 0, 0)";
  const REPLACED = "img, svg, canvas, video, object, iframe, input, select, textarea, progress, meter";
  const SURELY_BLOCKS = /^(block|list-item|flex|grid|table)$/;
  const KNOWN = "data-judged";
  const OF_COLOURS = { "color-contrast": "*", "link-in-text-block": "a[href], [role=link]" };
  const SHEETS = "css-orientation-lock";
  const LINK_STYLES = [
    "display", "color", "font-family", "font-size", "font-style", "font-weight", "text-decoration", "background-color",
    "border-top", "border-bottom", "outline",
  ];
  const elements = { "color-contrast": new Map(), "link-in-text-block": new Map() };

  const opaque = (fill) => !fill.startsWith("rgba(") && !fill.includes("/");
  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const touch = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;

  function paintOf(element) {
    const style = getComputedStyle(element);
    const plain = style.opacity === "1" && style.filter === "none" && style.mixBlendMode === "normal"
      && style.backdropFilter === "none" && style.maskImage === "none" && style.clipPath === "none";
    const fill = style.backgroundColor === CLEAR ? "" : style.backgroundColor;
    const picture = style.backgroundImage !== "none" || style.backgroundClip !== "border-box";
    return { style, plain, fill, picture, paints: fill || picture || element.matches(REPLACED) };
  }

  function textOf(element) {
    const rects = [];
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      rects.push(...range.getClientRects());
    }
    return rects;
  }

  // Every background under these rectangles, from the element's own up; null when colours alone do not tell.
  function ground(element, rects, paints) {
    const fills = [];
    let open = true;
    for (let each = element; each; each = each.parentElement) {
      const paint = paints.get(each);
      if (!paint.plain) return null;
      if (!open) continue;
      if (paint.picture) return null;
      if (!paint.fill) continue;
      const canvas = each === document.body || each === document.documentElement;
      if (!canvas && !rects.every((rect) => within(rect, each.getBoundingClientRect()))) return null;
      fills.push(paint.fill);
      open = !opaque(paint.fill);
    }
    return fills.join(" ");
  }

  function contrast(element, rects, paints, painted) {
    const { style } = paints.get(element);
    if (!rects.length || element.closest("svg")) return null;
    if (style.textShadow !== "none" || parseFloat(style.webkitTextStrokeWidth)) return null;
    const covered = ([other, box]) => rects.some((rect) => touch(rect, box)) && !other.contains(element);
    if (painted.some(covered)) return null;
    const under = ground(element, rects, paints);
    const text = [style.color, style.webkitTextFillColor, style.fontSize, style.fontWeight].join(" ");
    return under === null ? null : `${text} on ${under}`;
  }

  // A link within text is held against the text around it: the styles of all from the link to the block count.
  function link(element, own, paints) {
    const around = [own];
    for (let each = element; each; each = each.parentElement) {
      const { style } = paints.get(each);
      const under = ground(each, [], paints);
      if (under === null) return null;
      around.push(...LINK_STYLES.map((name) => style.getPropertyValue(name)), under);
      if (each !== element && SURELY_BLOCKS.test(style.display)) return around.join("; ");
    }
    return null;
  }

  // Axe compares a text with what is under it: of whatever holds none itself it says nothing.
  const holdsText = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  function note(rule, line, element) {
    if (line === null) return;
    if (!elements[rule].has(line)) elements[rule].set(line, []);
    elements[rule].get(line).push(element);
  }

  function situations() {
    const all = [...document.querySelectorAll("*")].filter((each) => !each.closest("head"));
    const paints = new Map([document.documentElement, ...all].map((each) => [each, paintOf(each)]));
    const painted = all.filter((each) => paints.get(each).paints).map((each) => [each, each.getBoundingClientRect()]);
    for (const lines of Object.values(elements)) lines.clear();
    for (const each of all) {
      const own = contrast(each, textOf(each), paints, painted);
      note("color-contrast", own, each);
      if (own !== null && each.matches(OF_COLOURS["link-in-text-block"]))
        note("link-in-text-block", link(each, own, paints), each);
    }
    const lines = Object.entries(elements).map(([rule, found]) => [rule, [...found.keys()]]);
    return { ...Object.fromEntries(lines), [SHEETS]: [sheets()] };
  }

  const sheets = () => [...document.styleSheets].map((each) => each.href || each.ownerNode.textContent).join(" ");

  function mark(known) {
    for (const each of document.querySelectorAll("*")) if (!holdsText(each)) each.setAttribute(KNOWN, "color-contrast");
    for (const [rule, found] of Object.entries(elements))
      for (const line of known[rule])
        for (const each of found.get(line))
          each.setAttribute(KNOWN, `${each.getAttribute(KNOWN) ?? ""} ${rule}`);
  }

  const without = (rule) => OF_COLOURS[rule].split(", ").map((each) => `${each}:not([${KNOWN}~="${rule}"])`).join(", ");

  // Only what was truly compared counts: axe also passes what nobody sees.
  const compared = ({ any }) => any.every(({ id, data }) =>
    id !== "color-contrast" || (data && !data.messageKey && data.contrastRatio >= parseFloat(data.expectedContrastRatio)));

  function clean(raw) {
    const lines = { [SHEETS]: [] };
    for (const { id, passes, violations, incomplete } of raw) {
      if (id === SHEETS && passes.length && !violations.length && !incomplete.length) lines[id] = [sheets()];
      if (!(id in elements)) continue;
      const passed = new Set(passes.filter(compared).map(({ node }) => node.element));
      const failed = new Set(violations.map(({ node }) => node.element));
      const same = [...elements[id]].filter(([, found]) => found.some((each) => passed.has(each)));
      lines[id] = same.filter(([, found]) => !found.some((each) => failed.has(each))).map(([line]) => line);
    }
    return lines;
  }

  axe.configure({ rules: Object.keys(OF_COLOURS).map((id) => ({ id, selector: without(id) })) });
  axe.addReporter("noting", (raw, options, then) => {
    window.judging.clean = clean(raw);
    axe.getReporter("v1")(raw, options, then);
  });

  async function judge(known, only) {
    const locks = !only.length && !known[SHEETS].length;
    mark(known);
    const found = await axe.run(document, {
      reporter: "noting",
      resultTypes: ["violations"],
      ...(only.length ? { runOnly: only } : { rules: { [SHEETS]: { enabled: locks } } }),
      preload: locks,
    });
    for (const each of document.querySelectorAll(`[${KNOWN}]`)) each.removeAttribute(KNOWN);
    const faults = found.violations.flatMap((each) =>
      each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.failureSummary.replace(/\s+/g, " ")}`));
    return { faults, clean: window.judging.clean };
  }

  window.judging = { situations, judge };
})();
