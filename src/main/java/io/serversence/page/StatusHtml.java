package io.serversence.page;

import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a status page for browsers, as a whole that needs no script, and its parts, which a script
 * puts in the places of the old ones while it listens to what changes. Pure.
 */
public final class StatusHtml {
  private static final int MOST_NAMES = 5;

  private final Markup html = new Markup();
  private final StatusView view;

  private StatusHtml(StatusView view) {
    this.view = view;
  }

  /** The page. */
  public static String of(StatusView view) {
    StatusHtml page = new StatusHtml(view);
    page.beginning();
    Map<String, String> parts = parts(view);
    parts.forEach(
        (id, part) -> {
          if (!id.equals(TITLE)) {
            page.html.raw(part);
          }
        });
    page.end();
    String rows = String.join("", view.rows().stream().map(r -> row(r, view.days())).toList());
    return page.html.toString().replace(ROWS, ROWS.replace("</ul>", rows + "</ul>"));
  }

  /** The name of the part that is no element but the title of the document. */
  static final String TITLE = "title";

  /** Where the rows go. */
  private static final String ROWS = "<ul id=\"rows\"></ul>";

  /** The parts by the ids of their elements, in their order; {@link #row} writes what is within. */
  static Map<String, String> parts(StatusView view) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(TITLE, view.page().title() + ": " + view.headline());
    parts.put("head", new StatusHtml(view).head());
    parts.put("open", new StatusHtml(view).open());
    parts.put("systems", new StatusHtml(view).systems());
    parts.put("works", new StatusHtml(view).works());
    parts.put("past", new StatusHtml(view).past());
    return parts;
  }

  private void beginning() {
    String title = view.page().title() + ": " + view.headline();
    html.raw(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>%1$s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <noscript><meta http-equiv="refresh" content="60"></noscript>
        <link rel="icon" href="../favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../app.css">
        <link rel="stylesheet" href="../status-page.css">
        <link rel="alternate" type="application/atom+xml" title="Incidents" href="%2$s/feed.atom">
        <script type="module" src="../js/status-page.js"></script>
        </head>
        <body class="status-page">
        <main id="status" data-page="%2$s">
        """
            .formatted(XmlText.of(title), view.page().id()));
  }

  private void end() {
    html.raw("</main>\n<footer class=\"soft\">\n<p id=\"as-of\">As of ").time(view.at());
    html.raw("</p>\n<p><a href=\"").raw(view.page().id());
    html.raw("/feed.atom\">Feed of incidents</a></p>\n</footer>\n</body>\n</html>\n");
  }

  private String head() {
    html.raw("<div id=\"head\">\n<h1>").text(view.page().title()).raw("</h1>\n");
    if (!view.page().description().isBlank()) {
      html.paragraph("description", view.page().description());
    }
    PageState state = view.state();
    html.raw("<p class=\"headline state-").raw(state.lower()).raw("\">").raw(state.icon());
    html.raw("<span>").text(view.headline()).raw("</span></p>\n</div>\n");
    return html.toString();
  }

  private String systems() {
    if (section("systems", "Systems", view.rows().isEmpty())) {
      html.raw(ROWS).raw("\n</section>\n");
    }
    return html.toString();
  }

  /** Begins a section, or writes one that is not shown and false. */
  private boolean section(String id, String title, boolean empty) {
    html.raw("<section id=\"").raw(id).raw("\"");
    if (empty) {
      html.raw(" hidden></section>\n");
      return false;
    }
    html.raw(" aria-labelledby=\"").raw(id).raw("-title\">\n<h2 id=\"").raw(id);
    html.raw("-title\">").raw(title).raw("</h2>\n");
    return true;
  }

  /** A monitor. */
  static String row(Row row, boolean days) {
    Markup html = new Markup();
    html.raw("<li class=\"system\" id=\"system-").raw(row.id()).raw("\">\n<h3>");
    html.text(row.name()).raw("</h3>\n<p class=\"state state-").raw(row.state().lower());
    html.raw("\">").raw(row.state().icon()).raw("<span>").raw(row.state().word());
    if (row.state() == PageState.DOWN || row.state() == PageState.DEGRADED) {
      html.raw(" since ").time(row.since());
    }
    html.raw("</span></p>\n");
    if (days) {
      html.raw(DayBars.of(row));
    }
    return html.raw("</li>\n").toString();
  }

  private String open() {
    List<Outage> open = view.outages().stream().filter(o -> o.endedAt() == null).toList();
    if (section("open", "Incidents under way", open.isEmpty())) {
      outages(open);
    }
    return html.toString();
  }

  private String past() {
    List<Outage> past = view.outages().stream().filter(o -> o.endedAt() != null).toList();
    section("past", "Incidents of the last 14 days", false);
    if (!view.days()) {
      html.paragraph("soft", "The past cannot be shown at the moment.").raw("</section>\n");
    } else if (past.isEmpty()) {
      html.paragraph("soft", "There were none.").raw("</section>\n");
    } else {
      outages(past);
    }
    return html.toString();
  }

  private void outages(List<Outage> outages) {
    html.raw("<ul>\n");
    for (Outage outage : outages) {
      Instant ended = outage.endedAt();
      html.raw("<li class=\"outage\">\n<h3>").text(outage.name()).raw("</h3>\n<p>");
      html.raw(ended == null ? "Down since " : "Down from ").time(outage.startedAt());
      if (ended != null) {
        html.raw(" to ").time(ended);
        html.raw(" (").raw(Spoken.of(outage.startedAt(), ended)).raw(")");
      } else if (outage.acknowledged()) {
        html.raw(". Somebody is at work on it.");
      }
      html.raw("</p>\n</li>\n");
    }
    html.raw("</ul>\n</section>\n");
  }

  private String works() {
    if (section("works", "Maintenance", view.works().isEmpty())) {
      html.raw("<ul>\n");
      view.works().forEach(this::work);
      html.raw("</ul>\n</section>\n");
    }
    return html.toString();
  }

  private void work(Work work) {
    List<String> names = work.monitors();
    int more = names.size() - MOST_NAMES;
    String about =
        more > 0
            ? String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more"
            : String.join(", ", names);
    html.raw("<li class=\"work\">\n<h3>").text(work.name()).raw("</h3>\n<p>");
    html.time(work.startsAt()).raw(" to ").time(work.endsAt()).raw("</p>\n");
    html.paragraph("soft", about).raw("</li>\n");
  }
}
