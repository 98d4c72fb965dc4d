import { el, mark } from './dom.js';
import { text } from './text.js';
import { exact, latency, moment, now } from './time.js';

/** One sample with what is known of it: outcome, phases, conditions, evidence if it is there. */
export function sampleView(sample) {
  return el('div', { class: 'sample', 'data-outcome': sample.outcome },
    el('p', { class: 'outcome' },
      mark(sample.outcome),
      el('strong', null, text.outcome[sample.outcome]),
      ` ${latency(sample.latencyMs)} `,
      el('time', { class: 'soft', datetime: sample.at, title: exact(sample.at) },
        moment(sample.at))),
    sample.message && el('p', { class: 'message' }, sample.message),
    phases(sample.phases),
    conditions(sample.conditions),
    sample.evidence && evidenceView(sample.evidence));
}

function phases(found) {
  const names = Object.entries(text.phaseNames);
  const known = names.filter(([name]) => (found?.[name] ?? null) !== null);
  return known.length > 0 && el('dl', { class: 'phases' },
    ...known.map(([name, word]) =>
      el('div', null, el('dt', null, word), el('dd', null, latency(found[name])))));
}

function conditions(results) {
  return results?.length > 0 && el('ul', { class: 'conditions', 'aria-label': text.conditions },
    ...results.map(({ shown, ok }) =>
      el('li', { 'data-ok': String(ok) },
        mark(ok ? 'UP' : 'DOWN'),
        el('code', null, shown),
        el('span', { class: 'soft' }, ok ? text.holds : text.fails))));
}

/** What was seen on the wire, as far as the caller may see it. */
export function evidenceView(evidence) {
  const { request, response, addresses, certificate, bodyExcerpt } = evidence;
  return facts([
    [text.request, request],
    [text.requestHeaders, headers(evidence.requestHeaders)],
    [text.response, response],
    [text.responseHeaders, headers(evidence.responseHeaders)],
    [text.addresses, addresses?.join(', ')],
    [text.certificateName, certificate && certificateView(certificate)],
    [text.body, bodyExcerpt && el('pre', { tabindex: '0' }, bodyExcerpt)],
  ]);
}

function headers(found) {
  const lines = Object.entries(found ?? {}).map(([name, value]) => `${name}: ${value}`);
  return lines.length > 0 && el('pre', { tabindex: '0' }, lines.join('\n'));
}

function certificateView({ subject, issuer, notAfter, names }) {
  return el('div', null,
    el('p', null, subject),
    el('p', null, el('time', { datetime: notAfter, title: exact(notAfter) },
      text.validUntil(moment(notAfter), Math.floor((Date.parse(notAfter) - now()) / 86_400_000)))),
    el('p', { class: 'soft' }, [text.issuedBy(issuer), names?.join(', ')].join(' · ')));
}

/** A list of names and values, without those that have no value; null if none is left. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value);
  return known.length > 0 ? el('dl', { class: 'facts' },
    ...known.flatMap(([name, value]) => [el('dt', null, name), el('dd', null, value)])) : null;
}
