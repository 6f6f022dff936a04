/* What is wrong with a board's picture: text that is cut, sticks out of its frame or of the screen, or lies on other text;
   frames that lie on their neighbours. */
() => {
  const FRAMES = ".cell, .row, .service, .place, .top, .ticker-window, .foot, .duty, .roster, .code, .lost, .night";
  const PARTS = ".top, .calling, .recent, .panel, .waiting, .code, .lost, .ticker, .foot";
  const shown = (node) => node.getClientRects().length
    && getComputedStyle(node).visibility === "visible" && !node.closest(".skip, .sr-only, noscript");
  const name = (node) => (node.id || node.className.baseVal || node.className || node.tagName)
    + " “" + node.textContent.slice(0, 24) + "”";
  const inside = (a, b, slack) => a.left >= b.left - slack && a.right <= b.right + slack
    && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const meet = (a, b, slack) => a.left < b.right - slack && b.left < a.right - slack
    && a.top < b.bottom - slack && b.top < a.bottom - slack;
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const night = document.querySelector("#night");
  const root = night && !night.hidden ? night : document.body;
  const all = [...root.querySelectorAll("*")].filter(shown);
  const faults = all.filter((node) => !node.closest(".ticker-words") && !node.closest("svg")
    && !inside(node.getBoundingClientRect(), screen, 1.5)).map((node) => "off the screen: " + name(node));
  // what is seen of letters: the lines' boxes without what lies above capitals and below the base line
  const texts = all.filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
    .map((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const style = getComputedStyle(node);
      const cut = (style.overflow + style.textOverflow).indexOf("ellipsis") >= 0 || style.webkitLineClamp !== "none";
      const seen = cut ? node.getBoundingClientRect() : box;
      const lines = cut ? 0 : Math.max(0, (range.getClientRects()[0] || box).height - parseFloat(style.fontSize) * 0.74) / 2;
      return { node, cut, size: parseFloat(style.fontSize), box: { left: seen.left, right: seen.right, top: seen.top + lines, bottom: seen.bottom - lines } };
    });
  texts.forEach(({ node, cut, size, box }) => {
    const frame = node.closest(FRAMES);
    if (frame && !node.closest(".ticker-words") && !inside(box, frame.getBoundingClientRect(), 1.5))
      faults.push("out of its frame: " + name(node));
    const own = node.getBoundingClientRect();
    if (!cut && !node.closest(".ticker-words") && getComputedStyle(node).display !== "inline" && node.scrollWidth > node.clientWidth + 1.5 + 0.04 * size)
      faults.push("wider than its room: " + name(node) + [own.width, node.scrollWidth]);
  });
  texts.forEach((one, place) => texts.slice(place + 1).forEach((other) => {
    if (one.node.contains(other.node) || other.node.contains(one.node)) return;
    if (meet(one.box, other.box, 1.5 + 0.04 * one.size)) faults.push("one on the other: " + name(one.node) + " / " + name(other.node));
  }));
  const boxes = (selector) => [...root.querySelectorAll(selector)].filter(shown);
  [boxes(PARTS), boxes(".cell, .place"), boxes(".row"), boxes(".service"), boxes(".duty")].forEach((nodes) => {
    nodes.forEach((one, place) => nodes.slice(place + 1).forEach((other) => {
      if (meet(one.getBoundingClientRect(), other.getBoundingClientRect(), 1.5))
        faults.push("overlap: " + name(one) + " / " + name(other));
    }));
  });
  return faults.slice(0, 12);
}
