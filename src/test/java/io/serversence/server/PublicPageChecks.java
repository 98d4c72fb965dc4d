package io.serversence.server;

/** What must hold of a page that anybody is to be able to read. */
final class PublicPageChecks {
  /** Answers with a list of faults. */
  static final String SCRIPT =
      """
      () => {
        const faults = [];
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgb = colour => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const luminance = colour => {
          const [r, g, b] = colour.map(c => c / 255)
            .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ratio = (one, other) => {
          const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        };
        const ground = element => {
          for (let e = element; e; e = e.parentElement) {
            const colour = rgb(getComputedStyle(e).backgroundColor);
            if (colour[3] === 255) {
              return colour;
            }
          }
          return [255, 255, 255];
        };
        const shown = e => e.checkVisibility() && !e.closest('.unseen');
        for (const e of document.body.querySelectorAll('*')) {
          const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          const style = getComputedStyle(e);
          const drawn = e.localName === 'path' && e.closest('.icon') && !e.matches('.sign');
          if (shown(e) && (text || drawn)) {
            const size = parseFloat(style.fontSize);
            const large = drawn || size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            const found = ratio(rgb(drawn ? style.fill : style.color), ground(e));
            if (found < (large ? 3 : 4.5)) {
              faults.push(`contrast ${found.toFixed(2)} of ${e.localName} ${e.textContent}`);
            }
          }
        }
        let level = 0;
        for (const h of [...document.querySelectorAll('h1, h2, h3, h4')].filter(shown)) {
          const next = Number(h.localName[1]);
          if (next > level + 1) {
            faults.push(`heading ${h.textContent} skips a level`);
          }
          level = next;
        }
        const one = selector => {
          if (document.querySelectorAll(selector).length !== 1) {
            faults.push(`there is not one ${selector}`);
          }
        };
        one('h1');
        one('main');
        one('body > footer');
        one('html[lang]');
        one('title');
        for (const e of document.querySelectorAll('section:not([hidden])')) {
          if (!document.getElementById(e.getAttribute('aria-labelledby'))?.textContent) {
            faults.push(`the section ${e.id} has no name`);
          }
        }
        for (const e of document.querySelectorAll('svg:not([aria-hidden=true]), img:not([alt])')) {
          faults.push(`a picture without words: ${e.outerHTML}`);
        }
        for (const e of [...document.querySelectorAll('a, button')].filter(shown)) {
          const box = e.getBoundingClientRect();
          if (!e.textContent.trim() || box.height < 24) {
            faults.push(`a link too small or without a name: ${e.outerHTML} ${box.height}`);
          }
        }
        const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        if (new Set(ids).size !== ids.length) {
          faults.push('an id occurs twice');
        }
        return faults;
      }
      """;

  private PublicPageChecks() {}
}
