/* [how many texts there are, [ratio, which] of those below 7:1 against the ground they are seen on] */
() => {
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const solid = (colour) => numbers(colour).length === 3 || numbers(colour)[3] === 1;
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (solid(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const shown = (node) => node.getClientRects().length
    && getComputedStyle(node).visibility === "visible" && !node.closest(".skip, .sr-only, noscript");
  const found = [...document.querySelectorAll("body *")].filter(shown)
    .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()));
  const pale = found.map((node) => {
    const [a, b] = [light(getComputedStyle(node).color), light(ground(node))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.className + " “" + node.textContent.slice(0, 20) + "”"];
  }).filter(([ratio]) => ratio < 7);
  return [found.length, pale];
}
