package io.serversence.page;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that status pages speak; English is the first choice of who asks for none. */
@SuppressWarnings("ImmutableEnumChecker") // the words have no state
public enum PageLanguage {
  ENGLISH("en", "English", new EnglishWords()),
  GERMAN("de", "Deutsch", new GermanWords());

  /** The first subtag and the weight; the JDK's parser has errors of its own for some headers. */
  private static final Pattern RANGE =
      Pattern.compile(
          "\\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\\s*"
              + "(?:;\\s*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*)?");

  private final String tag;
  private final String itself;
  private final PageWords words;

  PageLanguage(String tag, String itself, PageWords words) {
    this.tag = tag;
    this.itself = itself;
    this.words = words;
  }

  /** As BCP 47 has it. */
  public String tag() {
    return tag;
  }

  /** What it calls itself. */
  String itself() {
    return itself;
  }

  PageWords words() {
    return words;
  }

  /** The one with this tag, if there is one. */
  public static Optional<PageLanguage> of(String tag) {
    return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  /**
   * The one that suits a reader best.
   *
   * @param header an {@code Accept-Language} (RFC 9110, 12.5.4) or null; what is malformed is
   *     skipped
   */
  public static PageLanguage accepted(@Nullable String header) {
    PageLanguage best = ENGLISH;
    double most = 0;
    for (String part : header == null ? new String[0] : header.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      PageLanguage language = range.matches() ? of(lower(range.group(1))).orElse(null) : null;
      if (language != null) {
        double weight = range.group(2) == null ? 1 : Double.parseDouble(range.group(2));
        if (weight > most) {
          most = weight;
          best = language;
        }
      }
    }
    return best;
  }

  private static String lower(String tag) {
    return tag.toLowerCase(Locale.ROOT);
  }
}
