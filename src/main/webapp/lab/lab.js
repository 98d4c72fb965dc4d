import { el, once, say } from '../js/dom.js';
import { text } from '../js/text.js';
import { ROWS, measureAll } from './measures.js';

const words = text.lab;
const KINDS = ['sse', 'text', 'binary'];

const progress = el('span', { role: 'status', class: 'soft' });
const start = el('button', { type: 'button', 'data-action': 'measure' }, words.measure);
start.onclick = () => once(start, run);
const cells = new Map();

function row(name) {
  const { title, how } = words.rows[name];
  const fields = KINDS.map((kind) => {
    const cell = el('td', { 'data-measure': `${name}-${kind}` }, '–');
    cells.set(`${name}-${kind}`, cell);
    return cell;
  });
  return el('tr', null, el('th', { scope: 'row' }, title, el('small', null, how)), ...fields);
}

document.body.append(
  el('header', null, el('h1', null, el('a', { href: '../' }, text.product), ` ${words.title}`)),
  el('main', null,
    el('p', null, words.intro),
    el('p', { class: 'actions' }, start, progress),
    el('div', { class: 'wide' },
      el('table', null,
        el('thead', null, el('tr', null,
          el('th', { scope: 'col' }, words.question),
          ...KINDS.map((kind) => el('th', { scope: 'col' }, words.kinds[kind])))),
        el('tbody', null, ...ROWS.map(row)))),
    el('p', { class: 'soft' }, words.protocol(protocol()))));

function protocol() {
  return performance.getEntriesByType('navigation')[0]?.nextHopProtocol || 'http/1.1';
}

async function run() {
  for (const cell of cells.values()) {
    say(cell, '–');
  }
  try {
    await measureAll(
      (name, kind, figure) => say(cells.get(`${name}-${kind}`), figure),
      (name) => say(progress, words.measuring(words.rows[name].title)),
    );
    say(progress, words.done);
  } catch (fault) {
    say(progress, words.failed(fault.message));
  }
}
