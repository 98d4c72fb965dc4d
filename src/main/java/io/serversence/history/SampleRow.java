package io.serversence.history;

import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.monitor.ConditionResult;
import io.serversence.monitor.Outcome;
import io.serversence.monitor.Phases;
import io.serversence.monitor.Sample;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sample's row; message and conditions are a JSON document, left out where there is neither. */
@Entity
@Table(name = "sample")
@IdClass(SampleRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by the provider
class SampleRow {
  @Id int n;
  @Id Instant at;
  short outcome;
  long latency;

  @Column(name = "resolve_time")
  long resolve;

  @Column(name = "connect_time")
  long connect;

  @Column(name = "tls_time")
  long tls;

  @Column(name = "processing_time")
  long processing;

  @Column(name = "transfer_time")
  long transfer;

  @Nullable String detail;
  @Nullable Long reach;

  protected SampleRow() {}

  SampleRow(Fact.SampleTaken taken) {
    Sample sample = taken.sample();
    n = taken.n();
    reach = taken.reach() == null ? null : Availability.micros(taken.reach());
    at = sample.at().truncatedTo(ChronoUnit.MICROS); // as stored, because it is part of the key
    outcome = (short) sample.outcome().code();
    latency = sample.latency();
    Phases phases = sample.phases();
    resolve = phases.resolve();
    connect = phases.connect();
    tls = phases.tls();
    processing = phases.processing();
    transfer = phases.transfer();
    detail = detail(sample);
  }

  Sample sample() {
    String message = null;
    List<ConditionResult> conditions = new ArrayList<>();
    if (detail != null) {
      JsonObject document = Json.parseObject(detail.getBytes(StandardCharsets.UTF_8));
      message = document.getString("m", null);
      if (document.containsKey("c")) {
        for (JsonValue value : document.getJsonArray("c")) {
          JsonObject c = value.asJsonObject();
          String condition = c.getString("c");
          conditions.add(
              new ConditionResult(
                  condition, c.getString("s", condition), c.getBoolean("ok", true)));
        }
      }
    }
    return new Sample(
        at,
        Outcome.of(outcome),
        latency,
        new Phases(resolve, connect, tls, processing, transfer),
        message,
        conditions);
  }

  /** What is as usual (shown as written, holds) is left out. */
  private static @Nullable String detail(Sample sample) {
    if (sample.message() == null && sample.conditions().isEmpty()) {
      return null;
    }
    JsonObjectBuilder document = Json.object();
    if (sample.message() != null) {
      document.add("m", sample.message());
    }
    JsonArrayBuilder conditions = Json.array();
    for (ConditionResult result : sample.conditions()) {
      JsonObjectBuilder c = Json.object().add("c", result.condition());
      if (!result.shown().equals(result.condition())) {
        c.add("s", result.shown());
      }
      if (!result.ok()) {
        c.add("ok", false);
      }
      conditions.add(c);
    }
    return Storable.text(document.add("c", conditions).build().toString());
  }

  Outcome known() {
    return Outcome.of(outcome);
  }

  /** How long it covers at the most, in microseconds. */
  long reaching() {
    return reach == null ? 0 : reach;
  }

  Key key() {
    Key key = new Key();
    key.n = n;
    key.at = at;
    return key;
  }

  /** The key of a sample: the monitor's number and the time. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    int n;
    Instant at = Instant.EPOCH;

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key other && other.n == n && other.at.equals(at);
    }

    @Override
    public int hashCode() {
      return Objects.hash(n, at);
    }

    @Override
    public String toString() {
      return n + "@" + Times.format(at);
    }
  }
}
