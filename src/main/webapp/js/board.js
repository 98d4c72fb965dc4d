/**
 * The board as the events tell it: monitors by id and unresolved incidents by id. A row is replaced
 * when it changes and never altered, so that a view knows by identity what to redraw.
 */
export class Board {
  monitors = new Map();
  incidents = new Map();
  /** True once a snapshot came. */
  loaded = false;
  /** Grows whenever rows come, go, or may stand elsewhere. */
  shape = 0;
  /** Grows whenever a state may have changed. */
  turns = 0;

  /** Takes a snapshot, which replaces everything. */
  replace({ monitors, incidents }) {
    this.monitors = new Map(monitors.map((row) => [row.id, row]));
    this.incidents = new Map(incidents.map((incident) => [incident.id, incident]));
    this.loaded = true;
    this.shape++;
  }

  /** Nothing is known any more. */
  forget() {
    this.replace({ monitors: [], incidents: [] });
    this.loaded = false;
  }

  /** Applies one event of the log. */
  apply(name, data) {
    switch (name) {
      case 'state': return this.#state(data);
      case 'samples': return data.samples.forEach((sample) => this.#sample(sample));
      case 'incident': return this.#incident(data.incident);
      case 'monitor': return this.#monitor(data);
      case 'mute': return this.#mute(data);
      default: return undefined; // of a later version
    }
  }

  /** Takes what was asked for about a change that is not believed yet. */
  confirm(id, { confirming, lastSample }) {
    const row = this.monitors.get(id);
    if (row && lastSample && !(lastSample.at < row.lastSample?.at)) {
      this.#change(id, { confirming, lastSample });
    }
  }

  #change(id, fields) {
    const row = this.monitors.get(id);
    if (row) {
      this.monitors.set(id, { ...row, ...fields });
    }
  }

  #state({ monitor, to, since, incident, muted }) {
    this.turns++;
    this.#change(monitor, { state: to, since, incident, muted, confirming: null });
  }

  #sample({ monitor, at, outcome, latencyMs }) {
    const row = this.monitors.get(monitor);
    if (row && !(at < row.lastSample?.at)) {
      const confirming = outcome === row.state ? null : row.confirming;
      this.#change(monitor, { lastSample: { at, outcome, latencyMs }, confirming });
    }
  }

  #incident(incident) {
    const unresolved = incident.state !== 'resolved';
    if (unresolved) {
      this.incidents.set(incident.id, incident);
      this.#change(incident.monitor, { incident: incident.id });
    } else {
      this.incidents.delete(incident.id);
      if (this.monitors.get(incident.monitor)?.incident === incident.id) {
        this.#change(incident.monitor, { incident: null });
      }
    }
  }

  #monitor({ change, id, monitor }) {
    if (change === 'deleted') {
      this.monitors.delete(id);
      for (const incident of this.incidents.values()) {
        if (incident.monitor === id) {
          this.incidents.delete(incident.id);
        }
      }
    } else {
      const { name, group, tags, severity, n } = monitor;
      const row = this.monitors.get(id) ?? unseen(monitor);
      this.monitors.set(id, { ...row, id, name, group, tags, severity, n });
    }
    this.shape++;
  }

  #mute({ kind, change, monitors }) {
    for (const id of monitors) {
      this.#change(id, { muted: change === 'ended' ? null : kind });
    }
  }
}

/** The live part of a monitor that nothing is known of. */
function unseen(monitor) {
  return {
    state: monitor.enabled ? 'PENDING' : 'PAUSED',
    since: monitor.createdAt,
    lastSample: null,
    confirming: null,
    muted: null,
    incident: null,
  };
}
