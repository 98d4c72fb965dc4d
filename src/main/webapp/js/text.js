import { german } from './text-de.js';

const plain = new Intl.NumberFormat();
const counted = (days) => (days === 1 ? '1 day' : `${plain.format(days)} days`);
const shares = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 });

/** Everything that the page says, in English. */
export const english = {
  product: 'ServerSence',
  states: {
    DOWN: 'Down',
    DEGRADED: 'Degraded',
    UNKNOWN: 'Unknown',
    PENDING: 'Pending',
    PAUSED: 'Paused',
    UP: 'Up',
  },
  units: {
    seconds: (s) => `${s} s`,
    minutes: (m) => `${m} min`,
    hours: (h, m) => (m ? `${h} h ${m} min` : `${h} h`),
    days: (d) => `${d} d`,
    milliseconds: (ms) => `${ms} ms`,
  },

  // freshness
  live: 'Live',
  connecting: 'Connecting…',
  notLive: 'Not live',
  heardNow: 'heard just now',
  heard: (ago) => `heard ${ago} ago`,
  lastKnown: (at, ago) => `This is what was known at ${at}, ${ago} ago.`,
  nothingKnown: 'Nothing is known yet.',
  phases: {
    connecting: 'Connecting…',
    loading: 'Loading the board…',
    silent: 'The server has gone quiet.',
    ended: 'The server ended this connection.',
    refused: 'Sign in to see the board.',
  },
  lost: 'The connection is lost.',
  nextTry: (wait) => `Next try in ${wait}.`,
  reconnect: 'Reconnect now',
  title: (down) => `${down} down · ServerSence`,
  titleNotLive: 'Not live · ServerSence',

  // finding one's way
  pages: 'Pages',
  screens: { board: 'Board', incidents: 'Incidents', settings: 'Settings' },
  theme: 'Light, dark or as the system says',
  alarm: 'Sound and notifications when something goes down',
  alarms: {
    off: 'Sound and notifications are off.',
    sounds: 'Sound is on; the browser allows no notifications.',
    tells: 'Sound and notifications are on.',
  },
  andMore: (named, n) => `${named} and ${n} more`,
  shortcutsTitle: 'Keyboard shortcuts',
  shortcuts: {
    '/': 'Search',
    'j k': 'Next and previous monitor; Enter opens it',
    t: 'Trouble first',
    g: 'By group',
    b: 'Board',
    i: 'Incidents',
    n: 'New monitor',
    '+ -': 'Closer or wider, on a monitor’s page',
    0: 'Back to now, on a monitor’s page',
    a: 'Sound and notifications on or off',
    d: 'Light or dark',
    w: 'Wall or desk',
    '?': 'This list',
  },
  number: (n) => plain.format(n),
  // never rounded up to what it is not
  percent: (share) => shares.format(share < 1 ? Math.min(Math.floor(share * 1e4) / 1e4, 1) : 1),
  verdict: ({ DOWN: down = 0, DEGRADED: degraded = 0, UNKNOWN: unknown = 0, ...rest }) => {
    const parts = [[down, 'down'], [degraded, 'degraded'], [unknown, 'unknown']]
      .filter(([n]) => n > 0).map(([n, word]) => `${plain.format(n)} ${word}`);
    const up = rest.UP ?? 0;
    return parts.length > 0 ? parts.join(', ')
      : up > 0 ? 'Everything is up' : 'Nothing has been seen yet';
  },
  verdictStale: 'Not known at the moment',

  // board
  search: 'Search',
  searchHint: 'Search name, group, tag  ( / )',
  sortBy: 'Order',
  sorts: {
    group: 'By group', trouble: 'Trouble first', name: 'By name', slow: 'Slowest first',
  },
  foundOf: (n, of) => `${plain.format(n)} of ${plain.format(of)}`,
  noneFound: 'No monitor is like that.',
  daysTitle: (share, bad) => (share === null ? 'nothing observed in 90 days'
    : `${english.percent(share)} up over 90 days, ${bad} days with downtime`),
  dayTitle: (day, share, down) => `${day}: ${share} up${down ? `, ${down} failing checks` : ''}`,
  dayUnseen: 'not observed',
  board: 'Monitors',
  noGroup: 'No group',
  noMonitors: 'Nothing is watched yet.',
  noMonitorsHint: 'Add a monitor, and its state shows here within seconds.',
  counts: 'Monitors by state',
  groupCount: (n, trouble) => (trouble ? `${n} · ${trouble} in trouble` : `${n}`),
  confirming: {
    DOWN: (seen, of) => `failing ${seen} of ${of}`,
    DEGRADED: (seen, of) => `degraded ${seen} of ${of}`,
    UP: (seen, of) => `recovering ${seen} of ${of}`,
  },
  mutes: { silence: 'Silenced', maintenance: 'Maintenance' },
  noLatency: '–',
  sinceTitle: (at) => `since ${at}`,
  became: (name, state) => `${name} is ${state.toLowerCase()}.`,
  becameMany: (n, words) => `${n} monitors changed: ${words}.`,
  becameCount: (n, state) => `${n} ${state.toLowerCase()}`,

  // one monitor
  target: 'Target',
  schedule: 'Checked',
  scheduleOf: (m) =>
    m.target.type === 'heartbeat'
      ? `expects a beat every ${m.interval}, ${m.target.grace} late at most`
      : `every ${m.interval}, down after ${m.failureThreshold} failing, ` +
        `up after ${m.successThreshold} passing`,
  lastSample: 'Last check',
  noSample: 'none yet',
  recent: 'Last 20 checks',
  checkedAt: (at) => `Checked on demand at ${at}`,
  key: 'Key',
  beatUrl: 'Heartbeat address',
  managedByFile: 'The configuration file manages this monitor; it cannot be deleted here.',
  probe: 'Check now',
  pause: 'Pause',
  resume: 'Resume',
  delete: 'Delete',
  deleteTitle: (name) => `Delete “${name}”?`,
  deleteHint: 'Its history goes with it, and an open incident is resolved.',
  cancel: 'Cancel',
  paused: (name) => `${name} is paused.`,
  resumed: (name) => `${name} is watched again.`,
  deleted: (name) => `${name} was deleted.`,
  probed: (name, outcome, latency) => `${name}: ${outcome.toLowerCase()} in ${latency}.`,

  back: '← Board',
  edit: 'Edit',
  editMonitor: 'Edit monitor',
  store: 'Save',
  stored: 'Saved.',
  openIncident: 'Open incident',
  sinceAgo: (ago) => `for ${ago}`,
  days: 'Last 90 days',
  latency: 'Latency',
  range: 'Time range',
  ranges: {
    '30m': '30 min', '6h': '6 h', '24h': '24 h', '7d': '7 days', '30d': '30 days',
    '90d': '90 days', '2y': '2 years',
  },
  chart: {
    p50: 'Median',
    p95: 'p95',
    p99: 'p99',
    down: 'Failing checks',
    incident: 'Incident',
    when: 'Time',
    checks: 'Checks',
    told: ({ when, least, most, p95, p99, samples, down, incidents }) =>
      `Latency over time, ${when}: median from ${least} to ${most}, p95 at most ${p95},`
      + ` p99 at most ${p99}; ${plain.format(samples)} checks, ${plain.format(down)} failing;`
      + ` ${incidents === 1 ? 'one incident' : `${incidents} incidents`}.`,
    unseen: (when) => `${when} · not observed`,
    window: 'Part that is shown',
    earlier: '‹ Earlier',
    later: 'Later ›',
    closer: 'Closer',
    wider: 'Wider',
    back: 'Back to now',
    hint: 'Drag to look closer, double-click to go back.',
    table: 'These figures as a table',
  },
  unobserved: 'Not observed',
  downFor: (duration, n) => (n === 0 ? 'no downtime'
    : `down ${duration} in ${n === 1 ? 'one incident' : `${n} incidents`}`),
  coverage: (share) => `${share} of the time observed`,
  configuration: 'Configuration',
  earlier: 'Earlier incidents, 90 days',
  noEarlier: 'None.',
  noSuchMonitor: (id) => `There is no monitor “${id}”.`,

  // samples
  outcome: { UP: 'Up', DEGRADED: 'Degraded', DOWN: 'Down', UNKNOWN: 'Unknown' },
  phaseNames: {
    resolveMs: 'Resolve',
    connectMs: 'Connect',
    tlsMs: 'TLS',
    processingMs: 'Processing',
    transferMs: 'Transfer',
  },
  holds: 'holds',
  fails: 'fails',
  conditions: 'Conditions',
  response: 'Response',
  addresses: 'Addresses',
  requestHeaders: 'Sent headers',
  responseHeaders: 'Received headers',
  certificateName: 'Certificate',
  validUntil: (at, days) => (days < 0 ? `expired on ${at} (${counted(-days)} ago)`
    : `valid until ${at} (${counted(days)})`),
  issuedBy: (issuer) => `issued by ${issuer}`,

  // incidents
  incidents: 'Open incidents',
  incidentStates: { open: 'Open', acknowledged: 'Acknowledged', resolved: 'Resolved' },
  degradedWhen: 'Degraded when',
  severities: { info: 'Info', warning: 'Warning', critical: 'Critical' },
  failingFor: (duration) => `failing for ${duration}`,
  failedFor: (duration) => `failed for ${duration}`,
  since: (at) => `since ${at}`,
  acknowledgedBy: (who) => `acknowledged by ${who}`,
  acknowledge: 'Acknowledge',
  unacknowledge: 'Take back',
  comment: 'Comment',
  acknowledgeWith: 'Comment and acknowledge',
  commentLabel: 'Your comment',
  commented: 'The comment was added.',
  acknowledged: (monitor) => `The incident of ${monitor} is acknowledged.`,
  unacknowledged: (monitor) => `The acknowledgement for ${monitor} was taken back.`,
  details: 'Timeline',
  timeline: 'Timeline',
  evidence: 'Evidence of the failing check',
  request: 'Request',
  body: 'Body',
  alsoDown: 'Also failing because of this',
  entries: {
    'first-failure': 'First failing check',
    opened: 'Incident opened',
    acknowledged: 'Acknowledged',
    unacknowledged: 'Acknowledgement taken back',
    comment: 'Comment',
    notified: 'Notified',
    'first-success': 'First passing check',
    resolved: 'Resolved',
  },
  by: (who) => `by ${who}`,
  loading: 'Loading…',
  looking: (names, more) => {
    const all = [...names, ...(more > 0 ? [`${more} more`] : [])];
    return `${all.join(', ')} ${all.length === 1 ? 'is' : 'are'} looking`;
  },

  // silencing from an incident
  silence: 'Silence',
  silenceDots: 'Silence…',
  silenceTitle: 'Silence alerts',
  silenceWhat: 'What',
  silenceMonitor: (name) => `Monitor ${name}`,
  silenceGroup: (group) => `All of group ${group}`,
  silenceFor: 'For',
  lengths: {
    '30m': '30 minutes', '1h': '1 hour', '2h': '2 hours', '8h': '8 hours', '24h': '1 day',
    '72h': '3 days',
  },
  silenced: (length) => `Silenced for ${length}.`,

  // who is told
  whoIsTold: 'Who is told?',
  wouldGoTo: (name) => `An incident of ${name} would go to:`,
  wouldGoNowhere: (name) => `An incident of ${name} would go to nobody.`,
  butMuted: (why) => `Not now, though: ${why}.`,
  atOnce: 'at once',
  unlessAcknowledged: (after) => `unless acknowledged within ${after}`,
  byRoute: (route) => `route ${route}`,
  byDefault: 'default channel',
  quietNow: 'quiet hours now',
  dryRun: 'Dry run: who would be told of an incident of',
  tryIt: 'Try',
  withIncident: (name) => `${name} (has an incident)`,

  incident: 'Incident',
  backToIncidents: '← Incidents',
  toMonitor: 'To the monitor',
  filter: 'Filter',
  incidentFilters: { all: 'All', unresolved: 'Unresolved', resolved: 'Resolved' },
  more: 'More',
  alertChannel: (id) => `Alert channel ${id}`,
  moreIncidents: (n) => `${n} more`,
  firstTime: 'First time within 90 days',
  timesBefore: (n, at, length) => `Happened ${n === 1 ? 'once' : n === 50 ? '50 times or more'
    : `${n} times`} before within 90 days, last on ${at} for ${length}`,

  // settings
  actions: 'Actions',
  keptWords: 'What you were writing is back, except for what may be secret.',
  nothingYet: 'Nothing here yet.',
  notHere: 'This server does not have this.',
  never: 'never',
  shownOnce: 'Shown once only; keep it now:',
  resent: 'It is sent again.',
  channelTested: (ok, message, ms) => `${ok ? 'It works' : 'It failed'}: ${message} (${ms} ms)`,
  calendar: 'Planned work by day',
  previousMonth: 'Earlier',
  nextMonth: 'Later',
  moreWorks: (n) => `${n} more`,
  bulk: {
    title: 'Change many monitors',
    hint: 'Find them, choose what changes, and see below what it is done to.',
    queryHint: 'words in name, key, group or tags; all must be there',
    state: 'State',
    any: 'Any',
    change: 'Change',
    value: 'To',
    apply: 'Apply to these',
    failed: 'What failed',
    progress: 'Progress',
    changes: {
      pause: 'Pause', resume: 'Resume', interval: 'Check every', timeout: 'Time-out',
      failureThreshold: 'Down after', severity: 'Severity', group: 'Group', addTag: 'Add tag',
      removeTag: 'Remove tag', delete: 'Delete',
    },
    count: (n, of) => `${plain.format(n)} of ${plain.format(of)} monitors`,
    more: (n) => `and ${plain.format(n)} more`,
    sure: (n) => `Change ${plain.format(n)} monitors?`,
    sureHint: (change, value) => (value ? `${change}: ${value}` : change),
    done: (done, failed) => (failed === 0 ? `${plain.format(done)} changed.`
      : `${plain.format(done)} changed, ${plain.format(failed)} failed.`),
  },
  settings: {
    monitors: { title: 'Monitors' },
    pages: {
      title: 'Status pages', add: 'Add page', hint: 'What is shown to everybody who has the address.',
      deleteHint: 'Its address shows nothing any more.',
      columns: ['Title', 'Monitors', 'Published'],
      fields: {
        title: 'Title', id: 'Key, as in the address', description: 'Description',
        monitors: 'Monitors', match: 'Or those that match', published: 'Published',
      },
      hints: { monitors: 'keys, by comma', match: 'such as {"group": ["shop"]}' },
    },
    silences: {
      title: 'Silences', add: 'Add silence', hint: 'For a while, nobody is told about these.',
      deleteHint: 'What is unresolved then is told at once.',
      columns: ['Matches', 'From', 'Until', 'By', 'Comment'],
      fields: { matchers: 'Matches', startsAt: 'From', endsAt: 'Until', comment: 'Comment' },
      hints: {
        matchers: 'All must match. name: monitor, group, tag, severity; op: =, !=, =~, !~',
        startsAt: 'empty: now',
      },
    },
    maintenance: {
      title: 'Maintenance', add: 'Add window', hint: 'Planned work: no alerts, no downtime.',
      deleteHint: 'It will not begin again.',
      columns: ['Name', 'Matches', 'Starts', 'Takes', 'Repeats'],
      fields: {
        name: 'Name', match: 'Matches', startsAt: 'Starts', duration: 'Takes',
        recurrence: 'Repeats', timezone: 'Time zone',
      },
      hints: { recurrence: 'a rule as in calendars (RFC 5545), or nothing' },
    },
    channels: {
      title: 'Channels', add: 'Add channel', hint: 'Where alerts go.',
      deleteHint: 'No more alerts go there.', actions: { test: 'Test' },
      columns: ['Name', 'Type', 'On', 'Default'],
      fields: {
        name: 'Name', type: 'Type', url: 'URL', secret: 'Secret', headers: 'Headers', to: 'To',
        from: 'From', smtp: 'SMTP', token: 'Token', chatId: 'Chat', routingKey: 'Routing key',
        apiKey: 'API key', region: 'Region', tags: 'Tags', enabled: 'On',
        default: 'For what no route matches',
      },
      hints: { to: 'addresses, by comma' },
    },
    routes: {
      title: 'Routes', add: 'Add route', hint: 'The first that matches decides who is told.',
      deleteHint: 'What it matched goes to the next route that matches.',
      columns: ['Name', 'Order', 'Matches', 'Channels', 'Goes on'],
      fields: {
        name: 'Name', order: 'Order', match: 'Matches', channels: 'Channels', groupBy: 'Group by',
        groupWait: 'Wait for the group', groupInterval: 'Between changes',
        repeatInterval: 'Remind every', quietHours: 'Quiet hours', escalation: 'Escalation',
        continue: 'Go on to the next route',
      },
      hints: { channels: 'keys, by comma', groupBy: 'group, tag, monitor' },
    },
    notifications: {
      title: 'Notifications', hint: 'What was told to whom.', actions: { resend: 'Send again' },
      columns: ['Channel', 'Event', 'Incidents', 'State', 'Attempts', 'Sent', 'Error'],
    },
    users: {
      title: 'Users', add: 'Add user', hint: 'Who may sign in, and as what.',
      deleteHint: 'Their sessions end at once.',
      columns: ['Name', 'Role', 'On', 'Since'],
      fields: { username: 'User name', role: 'Role', password: 'Password', enabled: 'On' },
    },
    tokens: {
      title: 'Tokens', add: 'Add token', hint: 'What scripts sign in with.',
      deleteHint: 'Scripts that use it are refused at once.',
      columns: ['Name', 'Role', 'Until', 'By'],
      fields: { name: 'Name', role: 'Role', expiresAt: 'Until' },
      hints: { expiresAt: 'empty: for good' },
    },
    audit: {
      title: 'Audit', hint: 'Who changed what.',
      columns: ['When', 'Who', 'What', 'Of', 'Outcome', 'From where'],
    },
  },

  // signing in
  signIn: 'Sign in',
  signOut: 'Sign out',
  singleSignOn: 'Sign in with single sign-on',
  username: 'User name',
  password: 'Password',
  signedInAs: (user, role) => `${user} (${role})`,
  signInFor: {
    viewer: 'Reading needs a user.',
    operator: 'This needs an operator.',
    admin: 'This needs an admin.',
  },
  tooLittle: (user, role, needs) =>
    `${user} has the role ${role}; this needs ${needs}. Sign in as someone else.`,
  notKept: 'Your browser did not keep the sign-in. Does it take cookies from this address?',
  signedOut: 'You are signed out.',
  changePassword: 'Change password',
  oldPassword: 'Password so far',
  newPassword: 'New password',

  // adding a monitor
  addMonitor: 'Add monitor',
  add: 'Add',
  test: 'Test now',
  testing: 'Testing…',
  type: 'What is watched',
  types: {
    http: 'HTTP',
    tcp: 'TCP port',
    tls: 'TLS certificate',
    sse: 'Event stream',
    heartbeat: 'Heartbeat',
  },
  typeHints: {
    http: 'Asks a URL and judges the answer.',
    tcp: 'Connects to a port.',
    tls: 'Connects with TLS and looks at the certificate.',
    sse: 'Opens a stream of Server-Sent Events and waits for the first one.',
    heartbeat: 'Waits for a job to call in; one that does not is down.',
  },
  fields: {
    name: 'Name',
    url: 'URL',
    host: 'Host',
    port: 'Port',
    grace: 'Late at most',
    group: 'Group',
    interval: 'Check every',
    timeout: 'Time-out',
    failureThreshold: 'Down after',
    conditions: 'Conditions, one a line',
    severity: 'Severity',
    tags: 'Tags',
    dependsOn: 'Depends on',
    description: 'Description',
    degradedWhen: 'Degraded when, one a line',
    successThreshold: 'Up after',
    retryInterval: 'Check again after a failure in',
    method: 'Method',
    headers: 'Headers, one a line',
    body: 'Body',
    followRedirects: 'Follow redirects',
    insecureTls: 'Accept any certificate',
    send: 'Send',
    expect: 'Expect',
    serverName: 'Server name',
  },
  moreFields: 'More',
  examples: 'Examples',
  hints: {
    duration: 'such as 30s, 5m, 1h',
    failureThreshold: 'failing checks in a row',
    successThreshold: 'passing checks in a row',
    headers: 'such as Accept: application/json',
    commas: 'keys or words, by comma',
    optional: 'optional',
    conditions: 'All must hold. Empty means:',
  },
  defaultConditions: {
    http: '[STATUS] < 400',
    tcp: '[CONNECTED] == true',
    tls: '[CONNECTED] == true',
    sse: '[CONNECTED] == true',
  },
  line: (n, message) => `line ${n}: ${message}`,
  fieldFault: (field, message) => `${field}: ${message}`,
  checkFields: 'Please look at the marked fields.',
  added: (name) => `${name} was added.`,
  beatReady: 'The heartbeat is ready. Call this address from your job, by GET or POST:',
  beatExample: (url) => `curl -fsS ${url}`,
  copy: 'Copy',
  copied: 'Copied.',
  done: 'Done',

  // faults
  lab: {
    title: 'Two transports, measured',
    intro: 'The same events come by Server-Sent Events and by WebSocket. What people argue about is'
      + ' measured here, between this browser and this server, as they are now.',
    question: 'What is asked',
    kinds: { sse: 'Server-Sent Events', text: 'WebSocket, text', binary: 'WebSocket, binary' },
    measure: 'Measure',
    measuring: (title) => `${title} …`,
    done: 'Done.',
    failed: (why) => `This failed: ${why}. You may have to sign in first.`,
    protocol: (name) => `This page came by ${name === 'h2' ? 'HTTP/2' : name}. Bytes are those of`
      + ' events and frames, without what TCP, TLS and chunks add.',
    rows: {
      first: {
        title: 'Time to the first event',
        how: 'From opening a connection to its hello; the middle of five.',
      },
      bytes: {
        title: 'Bytes for a sample',
        how: 'What the samples of six seconds took, gathered as they come to every screen.',
      },
      resume: {
        title: 'Going on after a cut',
        how: 'From opening the next connection to knowing that nothing was missed; the middle of five.',
      },
      many: {
        title: 'Eight connections at once',
        how: 'How many speak within four seconds. Browsers allow six to a server by HTTP/1.1;'
          + ' WebSockets do not count among them. The dashboard needs one for all its tabs.',
      },
      silence: {
        title: 'A dead server is noticed',
        how: 'Two and a half heartbeats without a word, as the dashboard counts.',
      },
      left: {
        title: 'A browser that has left is noticed',
        how: 'From closing a connection until the server counts one less. An event stream shows it'
          + ' at a write only, a WebSocket says goodbye.',
      },
    },
    figures: {
      ms: (ms) => (ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`),
      bytes: (each, count) => `${each.toFixed(1)} bytes (${count} samples)`,
      nothing: 'no samples came',
      of: (count, all) => `${count} of ${all}`,
      atMost: (ms) => `at most ${(ms / 1_000).toFixed(1)} s`,
      more: (ms) => `more than ${ms / 1_000} s`,
      unreadable: 'the metrics cannot be read',
    },
  },

  unreachable: 'The server cannot be reached.',
  unexpected: (status) => `The server answered ${status}.`,
  dismiss: 'Dismiss',
};

/** The language that is shown, of those that there are; each has the same keys as English. */
export const language = navigator.language?.toLowerCase().startsWith('de') ? 'de' : 'en';

/** Everything that the page says, in that language. */
export const text = language === 'de' ? german : english;
