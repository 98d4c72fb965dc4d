package io.serversence.schedule;

import io.serversence.alert.Dispatcher;
import io.serversence.document.MeterSource;
import io.serversence.document.MeterWriter;
import io.serversence.history.Folding;
import io.serversence.history.Retention;
import io.serversence.probe.ProberFigures;
import io.serversence.stream.LiveStream;
import io.serversence.stream.StreamMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What Prometheus is told of ServerSence itself. */
@ApplicationScoped
public class NodeMeters implements MeterSource {
  @Inject Node node;
  @Inject LiveStream stream;

  @SuppressWarnings("NullAway.Init") // CDI sets the fields
  public NodeMeters() {}

  @Override
  public void write(MeterWriter writer) {
    writer.gauge(
        "serversence_active",
        "Whether this node is the active one.",
        node.ifActive().isPresent() ? 1 : 0);
    node.ifActive()
        .ifPresent(
            active -> {
              schedule(writer, active);
              recorder(writer, active);
              history(writer, active.folding(), active.retention());
              prober(writer, active.prober().figures());
              alerts(writer, active.alerting().dispatcher());
            });
    stream(writer, stream.meters());
  }

  private static void schedule(MeterWriter writer, ActiveNode active) {
    ScheduleMeters meters = active.meters();
    writer.gauge("serversence_monitors", "Monitors configured.", active.watched());
    writer.counter("serversence_probes_total", "Probes started.", (double) meters.started());
    writer.counter(
        "serversence_probes_shed_total",
        "Due times that were skipped, because the probe before was running or there was no room.",
        (double) meters.shed());
    writer.gauge("serversence_probes_running", "Probes under way.", active.admission().running());
    writer.gauge(
        "serversence_probes_waiting",
        "Probes that are due and wait for a place.",
        active.admission().waiting());
    writer.histogram(
        "serversence_probe_lateness_seconds",
        "How late probes started after their due time.",
        ScheduleMeters.boundsInSeconds(),
        meters.lateness(),
        meters.latenessSeconds());
    writer.counter(
        "serversence_gaps_total",
        "Times that ServerSence itself was stopped or starved.",
        (double) active.pulse().gaps());
  }

  private static void recorder(MeterWriter writer, ActiveNode active) {
    writer.gauge(
        "serversence_recorder_waiting",
        "Items that wait to be recorded.",
        active.recorder().waiting());
    writer.gauge(
        "serversence_database_up",
        "Whether what is found goes into the database.",
        active.recorder().away() ? 0 : 1);
    writer.gauge(
        "serversence_spool_bytes", "Bytes in the spool's files.", (double) active.spool().bytes());
    writer.counter(
        "serversence_spool_dropped_total",
        "Samples that went because the spool was full.",
        (double) active.spool().dropped());
    writer.counter(
        "serversence_spool_lost_total",
        "Places of the spool's files that could not be read back.",
        (double) active.spool().lost());
    writer.counter(
        "serversence_facts_refused_total",
        "Facts that the database would not take.",
        (double) active.ledger().refused());
    writer.counter(
        "serversence_facts_dropped_total",
        "Facts lost because the recorder was full.",
        (double) active.recorder().dropped());
  }

  private static void history(MeterWriter writer, Folding folding, Retention retention) {
    writer.counter(
        "serversence_samples_folded_total",
        "Samples packed and added up.",
        (double) folding.folded());
    writer.counter(
        "serversence_samples_postponed_total",
        "Times that the samples of a monitor could not be packed and were left for later.",
        (double) folding.postponed());
    String name = "serversence_history_forgotten_total";
    String help = "Rows forgotten because of their age, by what they hold.";
    writer.counter(name, help, (double) retention.samples(), "kind", "samples");
    writer.counter(name, help, (double) retention.minutes(), "kind", "1m");
    writer.counter(name, help, (double) retention.fiveMinutes(), "kind", "5m");
    writer.counter(name, help, (double) retention.hours(), "kind", "1h");
    writer.counter(
        "serversence_partitions_postponed_total",
        "Partitions of PostgreSQL that could not be made or dropped and were left for later.",
        (double) retention.postponed());
  }

  private static void alerts(MeterWriter writer, Dispatcher dispatcher) {
    writer.gauge(
        "serversence_notifications_waiting",
        "Messages, and what is to become some, that wait to be sent.",
        dispatcher.waiting());
    writer.counter(
        "serversence_notifications_sent_total",
        "Messages that channels took.",
        (double) dispatcher.sent());
    writer.counter(
        "serversence_notifications_failed_total",
        "Tries to send a message that failed.",
        (double) dispatcher.failed());
    writer.counter(
        "serversence_notifications_dead_total",
        "Messages given up after 24 hours.",
        (double) dispatcher.dead());
    writer.counter(
        "serversence_notifications_overflowed_total",
        "What was left in the database for a time because too much waited.",
        (double) dispatcher.overflowed());
  }

  private static void prober(MeterWriter writer, ProberFigures figures) {
    writer.counter(
        "serversence_connections_opened_total",
        "Connections opened to targets.",
        (double) figures.connectionsOpened());
    writer.counter(
        "serversence_connections_reused_total",
        "Requests that went over a kept connection.",
        (double) figures.connectionsReused());
    writer.counter(
        "serversence_connections_retried_total",
        "Requests sent again because a kept connection had died.",
        (double) figures.connectionsRetried());
    writer.counter(
        "serversence_connections_refused_total",
        "Connections that the egress policy forbade.",
        (double) figures.connectionsRefused());
    writer.gauge(
        "serversence_connections_open",
        "Connections to targets, idle ones too.",
        (double) figures.connectionsOpen());
    writer.gauge(
        "serversence_connections_idle",
        "Connections kept for the next probe.",
        (double) figures.connectionsIdle());
    writer.gauge(
        "serversence_names_cached",
        "Names whose addresses are remembered.",
        (double) figures.namesCached());
    writer.gauge(
        "serversence_probe_body_bytes",
        "Bytes of answers that running probes hold.",
        (double) figures.bodyBytesHeld());
  }

  private static void stream(MeterWriter writer, StreamMeters meters) {
    String help = "Connections of the event stream.";
    writer.gauge("serversence_stream_connections", help, meters.sse(), "transport", "sse");
    writer.gauge(
        "serversence_stream_connections", help, meters.webSocket(), "transport", "websocket");
    writer.counter(
        "serversence_stream_accepted_total", "Connections accepted.", (double) meters.accepted());
    writer.counter(
        "serversence_stream_refused_total",
        "Connections refused at a limit.",
        (double) meters.refused());
    writer.counter("serversence_stream_events_total", "Events appended.", (double) meters.events());
    writer.counter(
        "serversence_stream_deliveries_total",
        "Events handed to clients.",
        (double) meters.deliveries());
    writer.counter(
        "serversence_stream_writes_total", "Writes to clients.", (double) meters.writes());
    writer.counter(
        "serversence_stream_stalled_total",
        "Clients dropped because they did not read.",
        (double) meters.stalled());
    writer.counter(
        "serversence_stream_resets_total",
        "Clients that had to reload the board.",
        (double) meters.resets());
    writer.gauge("serversence_stream_log_events", "Events in the log.", meters.logEvents());
    writer.gauge("serversence_stream_log_bytes", "Bytes in the log.", (double) meters.logBytes());
    writer.gauge("serversence_stream_views", "Distinct filters in use.", meters.views());
    writer.gauge(
        "serversence_stream_incidents_viewed",
        "Incidents that somebody looks at.",
        meters.viewed());
  }
}
