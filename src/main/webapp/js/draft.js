import { text } from './text.js';

/** The document of a monitor, made of what the form holds. The server alone judges it. */
export function draft(values) {
  const { type } = values;
  const beats = type === 'heartbeat';
  return {
    name: values.name,
    ...given('group', values.group),
    ...given('description', values.description),
    tags: words(values.tags),
    dependsOn: words(values.dependsOn),
    severity: values.severity,
    target: target(type, values),
    ...given('interval', values.interval),
    ...(beats ? {} : {
      ...given('timeout', values.timeout),
      ...given('retryInterval', values.retryInterval),
      ...given('failureThreshold', number(values.failureThreshold)),
      ...given('successThreshold', number(values.successThreshold)),
      conditions: lines(values.conditions).map((line) => line.words),
      degradedWhen: lines(values.degradedWhen).map((line) => line.words),
    }),
  };
}

/** A monitor as the form holds it. */
export function values(monitor) {
  const { target, conditions, degradedWhen, tags, dependsOn } = monitor;
  const { type, headers, followRedirects, insecureTls } = target;
  const held = {};
  for (const name of ['name', 'group', 'description', 'severity', 'interval', 'timeout',
    'retryInterval', 'failureThreshold', 'successThreshold']) {
    held[name] = String(monitor[name] ?? '');
  }
  for (const name of ['url', 'host', 'port', 'grace', 'body', 'send', 'expect', 'serverName']) {
    held[name] = String(target[name] ?? '');
  }
  return {
    ...held, type,
    tags: tags.join(', '), dependsOn: dependsOn?.join(', ') ?? '',
    conditions: conditions?.join('\n') ?? '', degradedWhen: degradedWhen?.join('\n') ?? '',
    method: target.method ?? 'GET',
    headers: Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n'),
    followRedirects: followRedirects === false ? 'off' : 'on',
    insecureTls: insecureTls === true ? 'on' : 'off',
  };
}

function target(type, values) {
  switch (type) {
    case 'tcp': return {
      type, host: values.host, ...given('port', number(values.port)),
      send: some(values.send), expect: some(values.expect),
    };
    case 'tls': return {
      type, host: values.host, ...given('port', number(values.port)),
      serverName: some(values.serverName),
    };
    case 'heartbeat': return { type, ...given('grace', values.grace) };
    case 'sse': return { type, url: values.url, headers: headers(values.headers) };
    default: return {
      type, url: values.url, method: values.method, headers: headers(values.headers),
      body: some(values.body), followRedirects: values.followRedirects === 'on',
      insecureTls: values.insecureTls === 'on',
    };
  }
}

/** Leaves a field out that nothing was written into, so that its default counts. */
function given(name, value) {
  return value === '' || value === undefined ? {} : { [name]: value };
}

/** Nothing where nothing was written. */
function some(value) {
  return value === '' || value === undefined ? null : value;
}

function words(list) {
  return (list ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '');
}

/** Lines such as `Accept: text/html` as an object; one without a colon is for the server to see. */
function headers(written) {
  return Object.fromEntries(lines(written).map((line) => {
    const colon = line.words.indexOf(':');
    return colon < 0 ? [line.words, '']
      : [line.words.slice(0, colon).trim(), line.words.slice(colon + 1).trim()];
  }));
}

/** A number where one was written; else the words, for the server to say what is wrong. */
function number(written) {
  return /^-?[0-9]{1,15}$/.test(written ?? '') ? Number(written) : written;
}

/** The lines that are not blank, with their numbers. */
function lines(written) {
  return (written ?? '')
    .split('\n')
    .map((line, i) => ({ n: i + 1, words: line.trim() }))
    .filter((line) => line.words !== '');
}

/** Errors as the form can show them: of the field that stands for it, with the line it is in. */
export function placed(errors, values) {
  return errors.map(({ field, message }) => {
    const item = /^(conditions|degradedWhen)\[([0-9]+)\]$/.exec(field);
    const line = item && lines(values[item[1]])[Number(item[2])];
    if (line) {
      return { field: item[1], message: text.line(line.n, message) };
    }
    return { field: field === 'id' ? 'name' : field, message };
  });
}
