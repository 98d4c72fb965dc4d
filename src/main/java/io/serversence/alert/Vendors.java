package io.serversence.alert;

import java.net.URI;

/** Where the services are that have one address for everybody. */
record Vendors(URI telegram, URI pagerDuty, URI opsgenie, URI opsgenieEu) {
  static final Vendors REAL =
      new Vendors(
          URI.create("https://api.telegram.org"),
          URI.create("https://events.pagerduty.com"),
          URI.create("https://api.opsgenie.com"),
          URI.create("https://api.eu.opsgenie.com"));
}
