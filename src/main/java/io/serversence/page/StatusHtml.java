package io.serversence.page;

import io.serversence.page.StatusView.Outage;
import io.serversence.page.StatusView.Row;
import io.serversence.page.StatusView.Work;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a status page for browsers, as a whole that needs no script, and its parts, which a script
 * puts in the places of the old ones while it listens to what changes. Pure.
 */
public final class StatusHtml {
  private static final int MOST_NAMES = 5;

  private final StatusView view;
  private final PageLanguage language;
  private final PageWords words;
  private final Markup html;

  private StatusHtml(StatusView view, PageLanguage language) {
    this.view = view;
    this.language = language;
    words = language.words();
    html = new Markup(words);
  }

  /** The page. */
  public static String of(StatusView view, PageLanguage language) {
    StatusHtml page = new StatusHtml(view, language);
    page.beginning();
    Map<String, String> parts = parts(view, language);
    parts.forEach(
        (id, part) -> {
          if (!id.equals(TITLE)) {
            page.html.raw(part);
          }
        });
    page.end();
    String rows =
        view.rows().stream()
            .map(row -> row(row, view.days(), language))
            .collect(Collectors.joining());
    return page.html.toString().replace(ROWS, ROWS.replace("</ul>", rows + "</ul>"));
  }

  /** The name of the part that is no element but the title of the document. */
  static final String TITLE = "title";

  /** Where the rows go. */
  private static final String ROWS = "<ul id=\"rows\"></ul>";

  /** The parts by the ids of their elements, in their order; {@link #row} writes what is within. */
  static Map<String, String> parts(StatusView view, PageLanguage language) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(TITLE, new StatusHtml(view, language).title());
    parts.put("head", new StatusHtml(view, language).head());
    parts.put("open", new StatusHtml(view, language).open());
    parts.put("systems", new StatusHtml(view, language).systems());
    parts.put("works", new StatusHtml(view, language).works());
    parts.put("past", new StatusHtml(view, language).past());
    return parts;
  }

  private String title() {
    return view.page().title() + ": " + view.headline(words);
  }

  private void beginning() {
    html.raw(
        """
        <!DOCTYPE html>
        <html lang="%3$s">
        <head>
        <meta charset="utf-8">
        <title>%1$s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <noscript><meta http-equiv="refresh" content="60"></noscript>
        <link rel="icon" href="../favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../app.css">
        <link rel="stylesheet" href="../status-page.css">
        <link rel="alternate" type="application/atom+xml" title="%4$s" href="%2$s/feed.atom">
        <script type="module" src="../js/status-page.js"></script>
        </head>
        <body class="status-page">
        <main id="status" data-page="%2$s" data-live="%5$s" data-as-of="%6$s" data-lost="%7$s" \
        data-gone="%8$s">
        """
            .formatted(
                XmlText.of(title()),
                view.page().id(),
                language.tag(),
                XmlText.of(words.incidents()),
                XmlText.of(words.live()),
                XmlText.of(words.asOf()),
                XmlText.of(words.lost()),
                XmlText.of(words.gone())));
  }

  private void end() {
    html.raw("</main>\n<footer class=\"soft\">\n<p id=\"as-of\">").text(words.asOf()).raw(" ");
    html.time(view.at()).raw("</p>\n<p><a href=\"").raw(view.page().id());
    html.raw("/feed.atom\">").text(words.feed()).raw("</a></p>\n<p>");
    for (PageLanguage other : PageLanguage.values()) {
      if (other != language) {
        String tag = other.tag();
        html.raw("<a href=\"?lang=" + tag + "\" hreflang=\"" + tag + "\" lang=\"" + tag + "\">");
        html.text(other.itself()).raw("</a>");
      }
    }
    html.raw("</p>\n</footer>\n</body>\n</html>\n");
  }

  private String head() {
    html.raw("<div id=\"head\">\n<h1>").text(view.page().title()).raw("</h1>\n");
    if (!view.page().description().isBlank()) {
      html.paragraph("description", view.page().description());
    }
    PageState state = view.state();
    html.raw("<p class=\"headline state-").raw(state.lower()).raw("\">").raw(state.icon());
    html.raw("<span>").text(view.headline(words)).raw("</span></p>\n</div>\n");
    return html.toString();
  }

  private String systems() {
    if (section("systems", words.systems(), view.rows().isEmpty())) {
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
    html.raw("-title\">").text(title).raw("</h2>\n");
    return true;
  }

  /** A monitor. */
  static String row(Row row, boolean days, PageLanguage language) {
    PageWords words = language.words();
    Markup html = new Markup(words);
    html.raw("<li class=\"system\" id=\"system-").raw(row.id()).raw("\">\n<h3>");
    html.text(row.name()).raw("</h3>\n<p class=\"state state-").raw(row.state().lower());
    html.raw("\">").raw(row.state().icon()).raw("<span>").text(words.state(row.state()));
    if (row.state() == PageState.DOWN || row.state() == PageState.DEGRADED) {
      html.raw(" ").text(words.since()).raw(" ").time(row.since());
    }
    html.raw("</span></p>\n");
    if (days) {
      html.raw(DayBars.of(row, words));
    }
    return html.raw("</li>\n").toString();
  }

  private String open() {
    List<Outage> open = view.outages().stream().filter(o -> o.endedAt() == null).toList();
    if (section("open", words.openIncidents(), open.isEmpty())) {
      outages(open);
    }
    return html.toString();
  }

  private String past() {
    List<Outage> past = view.outages().stream().filter(o -> o.endedAt() != null).toList();
    section("past", words.pastIncidents(StatusViews.RECENT_DAYS), false);
    if (!view.days()) {
      html.paragraph("soft", words.noPast()).raw("</section>\n");
    } else if (past.isEmpty()) {
      html.paragraph("soft", words.noIncidents()).raw("</section>\n");
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
      html.text(ended == null ? words.downSince() : words.downFrom()).raw(" ");
      html.time(outage.startedAt());
      if (ended != null) {
        html.raw(" ").text(words.to()).raw(" ").time(ended);
        html.raw(" (").text(Spoken.of(outage.startedAt(), ended, words)).raw(")");
      } else if (outage.acknowledged()) {
        html.raw(". ").text(words.acknowledged());
      }
      html.raw("</p>\n</li>\n");
    }
    html.raw("</ul>\n</section>\n");
  }

  private String works() {
    if (section("works", words.maintenance(), view.works().isEmpty())) {
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
            ? words.andMore(String.join(", ", names.subList(0, MOST_NAMES)), more)
            : String.join(", ", names);
    html.raw("<li class=\"work\">\n<h3>").text(work.name()).raw("</h3>\n<p>");
    html.time(work.startsAt()).raw(" ").text(words.to()).raw(" ");
    html.time(work.endsAt()).raw("</p>\n");
    html.paragraph("soft", about).raw("</li>\n");
  }
}
