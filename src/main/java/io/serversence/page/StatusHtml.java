package io.serversence.page;

import io.serversence.document.Times;
import io.serversence.page.StatusView.Day;
import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a status page for browsers, as a whole that needs no script. The script that it names asks
 * for it again and puts its {@code main} in place of the old one.
 */
public final class StatusHtml {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int STEP = 4;
  private static final int HEIGHT = 22;

  /** What a day was; the taller its bar, the more it matters. */
  private enum Bar {
    NONE(2),
    UP(11),
    DEGRADED(16),
    DOWN(22);

    private final int height;

    Bar(int height) {
      this.height = height;
    }

    static Bar of(Day day) {
      Double share = day.availability();
      return share == null ? NONE : share < 1 ? DOWN : day.degraded() ? DEGRADED : UP;
    }
  }

  private final StringBuilder html = new StringBuilder();
  private final StatusView view;

  private StatusHtml(StatusView view) {
    this.view = view;
  }

  /** The page. */
  public static String of(StatusView view) {
    StatusHtml page = new StatusHtml(view);
    page.head();
    page.main();
    page.html.append("</body>\n</html>\n");
    return page.html.toString();
  }

  private void head() {
    String title = XmlText.of(view.page().title());
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>%s: %s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="../favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../app.css">
        <link rel="stylesheet" href="../status-page.css">
        <link rel="alternate" type="application/atom+xml" title="Incidents" href="%s/feed.atom">
        <script type="module" src="../js/status-page.js"></script>
        </head>
        <body class="status-page">
        """
            .formatted(title, XmlText.of(view.headline()), view.page().id()));
  }

  private void main() {
    html.append("<main id=\"status\">\n<h1>").append(XmlText.of(view.page().title()));
    html.append("</h1>\n");
    if (!view.page().description().isBlank()) {
      paragraph("description", view.page().description());
    }
    paragraph("headline state-" + view.state().lower(), view.headline());
    monitors();
    outages(
        "Incidents under way", "open", view.outages().stream().filter(StatusHtml::open).toList());
    works();
    outages(
        "Incidents of the last 14 days",
        "past",
        view.outages().stream().filter(outage -> !open(outage)).toList());
    if (!view.days()) {
      paragraph("soft", "The past cannot be shown at the moment.");
    }
    html.append("<footer class=\"soft\">As of ").append(time(view.at()));
    html.append(". <a href=\"").append(view.page().id()).append("/feed.atom\">Feed</a></footer>\n");
    html.append("</main>\n");
  }

  private static boolean open(Outage outage) {
    return outage.endedAt() == null;
  }

  private void paragraph(String type, String text) {
    html.append("<p class=\"").append(type).append("\">").append(XmlText.of(text));
    html.append("</p>\n");
  }

  private void monitors() {
    if (view.rows().isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"systems\">\n<h2 id=\"systems\">Systems</h2>\n<ul>\n");
    for (Row row : view.rows()) {
      html.append("<li class=\"system\" id=\"system-").append(row.id()).append("\">\n<h3>");
      html.append(XmlText.of(row.name())).append("</h3>\n<p class=\"state state-");
      html.append(row.state().lower()).append("\">").append(row.state().word());
      if (row.state() == PageState.DOWN || row.state() == PageState.DEGRADED) {
        html.append(" since ").append(time(row.since()));
      }
      html.append("</p>\n");
      if (view.days()) {
        days(row);
      }
      html.append("</li>\n");
    }
    html.append("</ul>\n</section>\n");
  }

  private void days(Row row) {
    Map<Bar, StringBuilder> paths = new EnumMap<>(Bar.class);
    List<Day> days = row.days();
    int first = StatusViews.DAYS - days.size();
    for (int i = 0; i < days.size(); i++) {
      Bar bar = Bar.of(days.get(i));
      paths
          .computeIfAbsent(bar, b -> new StringBuilder())
          .append('M')
          .append((first + i) * STEP)
          .append(' ')
          .append(HEIGHT)
          .append('v')
          .append(-bar.height)
          .append("h3v")
          .append(bar.height)
          .append('z');
    }
    long bad = days.stream().filter(day -> Bar.of(day) == Bar.DOWN).count();
    String words =
        row.availability() == null
            ? "Nothing was seen in the last 90 days"
            : StatusView.percent(row.availability())
                + " available in 90 days, with outages on "
                + (bad == 0 ? "none" : Long.toString(bad))
                + " of them";
    html.append("<svg class=\"days\" viewBox=\"0 0 ").append(StatusViews.DAYS * STEP);
    html.append(' ').append(HEIGHT).append("\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    paths.forEach(
        (bar, path) ->
            html.append("<path class=\"day-")
                .append(bar.name().toLowerCase(Locale.ROOT))
                .append("\" d=\"")
                .append(path)
                .append("\"/>"));
    html.append("</svg>\n");
    paragraph("soft", words + ".");
  }

  private void outages(String title, String id, List<Outage> outages) {
    if (outages.isEmpty() && (id.equals("open") || !view.days())) {
      return;
    }
    html.append("<section aria-labelledby=\"").append(id).append("\">\n<h2 id=\"").append(id);
    html.append("\">").append(title).append("</h2>\n");
    if (outages.isEmpty()) {
      paragraph("soft", "There were none.");
    } else {
      html.append("<ul>\n");
      for (Outage outage : outages) {
        Instant ended = outage.endedAt();
        html.append("<li class=\"outage\"><h3>").append(XmlText.of(outage.name()));
        html.append("</h3>\n<p>").append(ended == null ? "Down since " : "Down from ");
        html.append(time(outage.startedAt()));
        html.append(ended == null ? "" : " to " + time(ended));
        html.append(ended == null && outage.acknowledged() ? ". Somebody is at work on it." : "");
        html.append("</p></li>\n");
      }
      html.append("</ul>\n");
    }
    html.append("</section>\n");
  }

  private void works() {
    if (view.works().isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"works\">\n<h2 id=\"works\">Maintenance</h2>\n<ul>\n");
    for (Work work : view.works()) {
      List<String> names = work.monitors();
      String about =
          names.size() > 5
              ? String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more"
              : String.join(", ", names);
      html.append("<li class=\"work\"><h3>").append(XmlText.of(work.name())).append("</h3>\n<p>");
      html.append(time(work.startsAt())).append(" to ").append(time(work.endsAt()));
      html.append("</p>\n<p class=\"soft\">").append(XmlText.of(about)).append("</p></li>\n");
    }
    html.append("</ul>\n</section>\n");
  }

  private static String time(Instant at) {
    return "<time datetime=\"" + Times.format(at) + "\">" + FORM.format(at) + "</time>";
  }
}
