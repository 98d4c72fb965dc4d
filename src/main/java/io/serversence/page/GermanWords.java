package io.serversence.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a status page says in German. */
final class GermanWords implements PageWords {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("d. MMMM yyyy, HH:mm 'UTC'", Locale.GERMAN)
          .withZone(ZoneOffset.UTC);

  @Override
  public String state(PageState state) {
    return switch (state) {
      case DOWN -> "Gestört";
      case DEGRADED -> "Eingeschränkt";
      case UNKNOWN -> "Unbekannt";
      case MAINTENANCE -> "In Wartung";
      case UP -> "In Betrieb";
      case PENDING -> "Noch nicht geprüft";
      case PAUSED -> "Pausiert";
    };
  }

  @Override
  public String headline(PageState worst) {
    return switch (worst) {
      case DOWN -> "Einige Systeme sind gestört";
      case DEGRADED -> "Einige Systeme sind eingeschränkt";
      case UNKNOWN -> "Der Zustand einiger Systeme ist nicht bekannt";
      case MAINTENANCE -> "Es wird gerade gewartet";
      case UP -> "Alle Systeme sind in Betrieb";
      case PENDING -> "Noch wurde nichts geprüft";
      case PAUSED -> "Zurzeit wird nichts geprüft";
    };
  }

  @Override
  public String everythingDown() {
    return "Alles ist gestört";
  }

  @Override
  public String nothingToShow() {
    return "Noch gibt es nichts zu zeigen";
  }

  @Override
  public String since() {
    return "seit";
  }

  @Override
  public String systems() {
    return "Systeme";
  }

  @Override
  public String openIncidents() {
    return "Laufende Störungen";
  }

  @Override
  public String pastIncidents(int days) {
    return "Störungen der letzten " + days + " Tage";
  }

  @Override
  public String noIncidents() {
    return "Es gab keine.";
  }

  @Override
  public String noPast() {
    return "Die Vergangenheit lässt sich gerade nicht zeigen.";
  }

  @Override
  public String downSince() {
    return "Gestört seit";
  }

  @Override
  public String downFrom() {
    return "Gestört von";
  }

  @Override
  public String to() {
    return "bis";
  }

  @Override
  public String acknowledged() {
    return "Es wird daran gearbeitet.";
  }

  @Override
  public String maintenance() {
    return "Wartung";
  }

  @Override
  public String andMore(String names, int more) {
    return names + " und " + more + (more == 1 ? " weiteres" : " weitere");
  }

  @Override
  public String available(double share, int days, long seen, long bad) {
    return (seen == days
            ? "In " + days + " Tagen"
            : "An " + seen + " von " + days + " Tagen gemessen,")
        + " zu "
        + percent(share)
        + " verfügbar, "
        + (bad == 0 ? "ohne Ausfall." : "mit Ausfällen an " + bad + " davon.");
  }

  @Override
  public String unseen(int days) {
    return "In den letzten " + days + " Tagen wurde nichts gemessen.";
  }

  @Override
  public String percent(@Nullable Double share) {
    return share == null
        ? "keine Daten"
        : StatusView.hundredths(share).replace('.', ',') + "\u00a0%";
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
                      case DAYS -> part.number() == 1 ? " Tag" : " Tage";
                    })
        .collect(Collectors.joining(" "));
  }

  @Override
  public String feed() {
    return "Feed der Störungen";
  }

  @Override
  public String incidents() {
    return "Störungen";
  }

  @Override
  public String asOf() {
    return "Stand";
  }

  @Override
  public String live() {
    return "Live, Stand";
  }

  @Override
  public String lost() {
    return "Die Verbindung ist weg, und was hier steht, kann veraltet sein. Neuer Versuch…";
  }

  @Override
  public String gone() {
    return "Diese Seite ist nicht mehr veröffentlicht. Sie zeigt den letzten Stand.";
  }
}
