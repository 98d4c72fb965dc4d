package io.serversence.page;

import org.jspecify.annotations.Nullable;

/**
 * A small picture of two fields: what it is about, and how that is. Its text is real text in a font
 * of whoever looks, stretched to the width that was reckoned with, so that it needs no font of
 * ours.
 *
 * @param label what it is about
 * @param value how it is
 * @param colour of the second field, on which white can be read
 * @param title the whole in words
 */
public record Badge(String label, String value, String colour, String title) {
  static final String GOOD = "#23724b";
  static final String FAIR = "#8a5a00";
  static final String BAD = "#b9261c";
  static final String PLAIN = "#46658a";
  static final String NONE = "#626b65";

  /** Nobody is asked for a language by a picture that stands in somebody's page. */
  private static final PageWords ENGLISH = PageLanguage.ENGLISH.words();

  private static final int LONGEST = 40;
  private static final int MARGIN = 6;

  public Badge {
    label = cut(label);
    value = cut(value);
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  /** The badge of a share of time that was good. */
  static Badge ofUptime(String name, String days, @Nullable Double share) {
    String colour = share == null ? NONE : share >= 0.999 ? GOOD : share >= 0.99 ? FAIR : BAD;
    String percent = ENGLISH.percent(share);
    String said = share == null ? percent : percent + " in " + days + " d";
    String title = share == null ? "no data" : percent + " available";
    return new Badge(name, said, colour, name + ": " + title + ", last " + days + " days");
  }

  /** The badge of the latency that half of all probes kept below, in microseconds. */
  static Badge ofLatency(String name, @Nullable Double micros) {
    String said = micros == null ? "no data" : Math.round(micros / 1_000) + " ms";
    return new Badge(
        name, said, micros == null ? NONE : PLAIN, name + ": latency " + said + ", last 24 hours");
  }

  /** The badge of a state. */
  static Badge ofState(String name, PageState state) {
    String word = ENGLISH.state(state);
    return new Badge(name, word, state.colour(), name + ": " + word);
  }

  /** The picture, as SVG without styles and scripts. */
  public String svg() {
    int left = width(label);
    int right = width(value);
    int all = left + right + 4 * MARGIN;
    int split = left + 2 * MARGIN;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s">
        <title>%s</title>
        <clipPath id="r"><rect width="%d" height="20" rx="3"/></clipPath>
        <g clip-path="url(#r)"><rect width="%d" height="20" fill="#333a36"/>\
        <rect x="%d" width="%d" height="20" fill="%s"/></g>
        <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
        <text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>
        <text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>
        </g>
        </svg>
        """
        .formatted(
            all,
            XmlText.of(title),
            XmlText.of(title),
            all,
            split,
            split,
            all - split,
            colour,
            MARGIN,
            left,
            XmlText.of(label),
            split + MARGIN,
            right,
            XmlText.of(value));
  }

  /** About how wide Verdana of 11 pixels is. */
  private static int width(String text) {
    return (int) Math.max(8, Math.ceil(text.codePoints().mapToDouble(Badge::width).sum()));
  }

  private static double width(int c) {
    if (c >= 0x1100) {
      return 11.5; // of Eastern scripts, and pictures
    }
    if ("ijlI.,:;|'!()[] ".indexOf(c) >= 0) {
      return 4.2;
    }
    if ("mwMW%@".indexOf(c) >= 0) {
      return 10.3;
    }
    return Character.isUpperCase(c) ? 7.8 : 6.8;
  }
}
