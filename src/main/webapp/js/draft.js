import { text } from './text.js';

/** The document of a new monitor, made of what the form holds. The server alone judges it. */
export function draft(values) {
  const { type } = values;
  const beats = type === 'heartbeat';
  return {
    name: values.name,
    ...given('group', values.group),
    target: target(type, values),
    ...given('interval', values.interval),
    ...(beats ? {} : given('timeout', values.timeout)),
    ...(beats ? {} : given('failureThreshold', number(values.failureThreshold))),
    ...(beats ? {} : { conditions: lines(values.conditions).map((line) => line.words) }),
  };
}

function target(type, values) {
  switch (type) {
    case 'tcp':
    case 'tls': return { type, host: values.host, ...given('port', number(values.port)) };
    case 'heartbeat': return { type, ...given('grace', values.grace) };
    default: return { type, url: values.url };
  }
}

/** Leaves a field out that nothing was written into, so that its default counts. */
function given(name, value) {
  return value === '' ? {} : { [name]: value };
}

/** A number where one was written; else the words, for the server to say what is wrong. */
function number(words) {
  return /^-?[0-9]{1,15}$/.test(words) ? Number(words) : words;
}

/** The lines that are not blank, with their numbers. */
function lines(words) {
  return words
    .split('\n')
    .map((line, i) => ({ n: i + 1, words: line.trim() }))
    .filter((line) => line.words !== '');
}

/** Errors as the form can show them: of the field that stands for it, with the line it is in. */
export function placed(errors, values) {
  return errors.map(({ field, message }) => {
    const item = /^conditions\[([0-9]+)\]$/.exec(field);
    const line = item && lines(values.conditions)[Number(item[1])];
    if (line) {
      return { field: 'conditions', message: text.line(line.n, message) };
    }
    return { field: field === 'id' ? 'name' : field, message };
  });
}
