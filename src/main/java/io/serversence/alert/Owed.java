package io.serversence.alert;

import io.serversence.history.Due;
import io.serversence.incident.Incident;

/** Something that is due, with the incident and the monitor as they were then. */
public record Owed(Due due, Incident incident, AlertedMonitor monitor) {}
