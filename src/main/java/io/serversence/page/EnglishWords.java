package io.serversence.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a status page says in English. */
final class EnglishWords implements PageWords {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Override
  public String state(PageState state) {
    return switch (state) {
      case DOWN -> "Down";
      case DEGRADED -> "Degraded";
      case UNKNOWN -> "Unknown";
      case MAINTENANCE -> "Under maintenance";
      case UP -> "Operational";
      case PENDING -> "Not checked yet";
      case PAUSED -> "Paused";
    };
  }

  @Override
  public String headline(PageState worst) {
    return switch (worst) {
      case DOWN -> "Some systems are down";
      case DEGRADED -> "Some systems are degraded";
      case UNKNOWN -> "The state of some systems is not known";
      case MAINTENANCE -> "Maintenance is under way";
      case UP -> "All systems are operational";
      case PENDING -> "Nothing was checked yet";
      case PAUSED -> "Nothing is being checked";
    };
  }

  @Override
  public String everythingDown() {
    return "Everything is down";
  }

  @Override
  public String nothingToShow() {
    return "There is nothing to show yet";
  }

  @Override
  public String since() {
    return "since";
  }

  @Override
  public String systems() {
    return "Systems";
  }

  @Override
  public String openIncidents() {
    return "Incidents under way";
  }

  @Override
  public String pastIncidents(int days) {
    return "Incidents of the last " + days + " days";
  }

  @Override
  public String noIncidents() {
    return "There were none.";
  }

  @Override
  public String noPast() {
    return "The past cannot be shown at the moment.";
  }

  @Override
  public String downSince() {
    return "Down since";
  }

  @Override
  public String downFrom() {
    return "Down from";
  }

  @Override
  public String to() {
    return "to";
  }

  @Override
  public String acknowledged() {
    return "Somebody is at work on it.";
  }

  @Override
  public String maintenance() {
    return "Maintenance";
  }

  @Override
  public String andMore(String names, int more) {
    return names + " and " + more + " more";
  }

  @Override
  public String available(double share, int days, long seen, long bad) {
    return percent(share)
        + " available"
        + (seen == days ? " in " + days : ", seen on " + seen + " of " + days)
        + " days, "
        + (bad == 0 ? "without an outage." : "with outages on " + bad + " of them.");
  }

  @Override
  public String unseen(int days) {
    return "Nothing was seen in the last " + days + " days.";
  }

  @Override
  public String percent(@Nullable Double share) {
    return share == null ? "no data" : StatusView.hundredths(share) + "%";
  }

  @Override
  public String time(Instant at) {
    return FORM.format(at);
  }

  @Override
  public String length(List<Spoken.Part> parts) {
    return parts.stream()
        .map(
            part ->
                part.number()
                    + switch (part.unit()) {
                      case SECONDS -> " s";
                      case MINUTES -> " min";
                      case HOURS -> " h";
                      case DAYS -> " d";
                    })
        .collect(Collectors.joining(" "));
  }

  @Override
  public String feed() {
    return "Feed of incidents";
  }

  @Override
  public String incidents() {
    return "Incidents";
  }

  @Override
  public String asOf() {
    return "As of";
  }

  @Override
  public String live() {
    return "Live, as of";
  }

  @Override
  public String lost() {
    return "The connection is lost, and what is shown may be out of date. Trying again…";
  }

  @Override
  public String gone() {
    return "This page is no longer published. What is shown is how it was last.";
  }
}
