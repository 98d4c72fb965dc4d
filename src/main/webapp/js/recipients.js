import { el } from './dom.js';
import { text } from './text.js';

/** Who would be told of an incident, in words: each channel with the route that chose it. */
export function recipientsView({ channels }, name, muted) {
  return el('div', { class: 'recipients', 'data-recipients': channels.length },
    el('p', null, channels.length > 0 ? text.wouldGoTo(name) : text.wouldGoNowhere(name)),
    el('ul', null, ...channels.map(({ channel, route, quiet, after }) => el('li', null,
      el('strong', null, channel), ' ',
      el('span', { class: 'soft' }, [
        after ? text.unlessAcknowledged(after) : text.atOnce,
        route ? text.byRoute(route) : text.byDefault,
        quiet ? text.quietNow : '',
      ].filter((words) => words !== '').join(' · '))))),
    muted && el('p', null, text.butMuted(text.mutes[muted])));
}
