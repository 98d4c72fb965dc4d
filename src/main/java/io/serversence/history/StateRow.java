package io.serversence.history;

import io.serversence.monitor.MonitorState;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The last state of a monitor that people were told of. */
@Entity
@Table(name = "monitor_state")
@SuppressWarnings("NullAway.Init") // filled by the provider
class StateRow {
  @Id int n;

  @Enumerated(EnumType.STRING)
  MonitorState state;

  Instant since;

  protected StateRow() {}

  StateRow(int n, MonitorState state, Instant since) {
    this.n = n;
    this.state = state;
    this.since = since;
  }
}
