package io.serversence.page;

import io.serversence.document.Times;
import java.time.Instant;

/** HTML that grows at its end; texts are escaped, what is raw is ours. For one thread. */
final class Markup {
  private final StringBuilder html = new StringBuilder();
  private final PageWords words;

  /** Nothing yet. */
  Markup(PageWords words) {
    this.words = words;
  }

  Markup raw(String markup) {
    html.append(markup);
    return this;
  }

  Markup text(String text) {
    html.append(XmlText.of(text));
    return this;
  }

  Markup paragraph(String type, String text) {
    return raw("<p class=\"").raw(type).raw("\">").text(text).raw("</p>\n");
  }

  /** In UTC; the page's script tells it as it is where the reader is. */
  Markup time(Instant at) {
    html.append("<time datetime=\"").append(Times.format(at)).append("\">");
    html.append(words.time(at)).append("</time>");
    return this;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
