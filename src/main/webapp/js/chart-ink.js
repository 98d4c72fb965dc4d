/**
 * The colours and the letters of a chart, as the styles say at this moment; a canvas knows neither
 * variables nor themes.
 *
 * @param {HTMLElement} place whose colour is that of words, its border's that of lines
 * @param {Object<string, Element>} keys what shows each colour beside the chart
 */
export function inkOf(place, keys) {
  const style = getComputedStyle(place);
  const em = Math.round(parseFloat(style.fontSize)); // uPlot reads whole pixels only
  const ink = {
    words: style.color, lines: style.borderTopColor, em, font: `${em}px ${style.fontFamily}`,
  };
  for (const [name, node] of Object.entries(keys)) {
    ink[name] = getComputedStyle(node).color;
  }
  return ink;
}

/**
 * Says when the colours may have become others.
 *
 * @param {function()} changed
 * @returns {function()} ends it
 */
export function watchInk(changed) {
  // what the system prefers reaches the styles a frame later
  const soon = () => requestAnimationFrame(() => requestAnimationFrame(changed));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const looks = new MutationObserver(soon);
  dark.addEventListener('change', soon);
  looks.observe(document.documentElement, {
    attributeFilter: ['data-theme', 'data-fresh', 'data-layout'],
  });
  return () => {
    dark.removeEventListener('change', soon);
    looks.disconnect();
  };
}
