/** uPlot as the WAR's library has it; its path has the version that the pom names. */
const FILES = new URL('../webjars/uplot/1.6.30/dist/', import.meta.url);

let loading = null;

/** The class uPlot, which is loaded with styles of charts when it is asked for the first time. */
export function uPlot() {
  loading ??= Promise.all([
    styles(new URL('uPlot.min.css', FILES)),
    styles(new URL('../chart.css', import.meta.url)), // after the library's, to have the last word
    loaded(Object.assign(document.createElement('script'), {
      src: new URL('uPlot.iife.min.js', FILES),
    })),
  ]).then(() => window.uPlot, (fault) => {
    loading = null; // the next one tries again
    throw fault;
  });
  return loading;
}

function styles(href) {
  return loaded(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
}

function loaded(node) {
  return new Promise((done, failed) => {
    node.addEventListener('load', done);
    node.addEventListener('error', () => {
      node.remove();
      failed(new Error(`cannot load ${node.href ?? node.src}`));
    });
    document.head.append(node);
  });
}
