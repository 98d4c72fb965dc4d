package io.serversence.page;

import io.serversence.page.StatusView.Day;
import io.serversence.page.StatusView.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the last days of a monitor: one path for all days of a kind, and words below. Pure. */
final class DayBars {
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

  private DayBars() {}

  static String of(Row row, PageWords words) {
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
    Markup html = new Markup(words);
    html.raw("<svg class=\"days\" viewBox=\"0 0 " + StatusViews.DAYS * STEP + ' ' + HEIGHT);
    html.raw("\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    paths.forEach(
        (bar, path) ->
            html.raw("<path class=\"day-" + bar.name().toLowerCase(Locale.ROOT) + "\" d=\"")
                .raw(path.toString())
                .raw("\"/>"));
    return html.raw("</svg>\n").paragraph("soft", said(row, words)).toString();
  }

  private static String said(Row row, PageWords words) {
    Double share = row.availability();
    if (share == null) {
      return words.unseen(StatusViews.DAYS);
    }
    long seen = row.days().stream().filter(day -> Bar.of(day) != Bar.NONE).count();
    long bad = row.days().stream().filter(day -> Bar.of(day) == Bar.DOWN).count();
    return words.available(share, StatusViews.DAYS, seen, bad);
  }
}
