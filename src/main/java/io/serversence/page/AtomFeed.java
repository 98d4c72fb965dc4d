package io.serversence.page;

import io.serversence.document.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed of incidents, RFC 4287.
 *
 * @param self its own address, which is its id too
 * @param link the page that shows the same
 * @param since when it is said to be updated, if it has no entries
 */
public record AtomFeed(String title, String self, String link, Instant since, List<Entry> entries) {

  /**
   * One incident.
   *
   * @param id UUID
   * @param text what is told of it, in plain text
   */
  public record Entry(
      String id, String title, String link, Instant published, Instant updated, String text) {

    /** An incident as far as anyone may know. */
    static Entry of(StatusView.Outage outage, String link) {
      Instant ended = outage.endedAt();
      String state =
          ended != null ? " was down" : outage.acknowledged() ? " is down (known)" : " is down";
      return new Entry(
          outage.id(),
          outage.name() + state,
          link,
          outage.startedAt(),
          outage.changedAt(),
          span(outage.startedAt(), ended));
    }

    /** When something began and ended, in words. */
    public static String span(Instant from, @Nullable Instant to) {
      return "From " + Times.format(from) + (to == null ? "." : " to " + Times.format(to) + ".");
    }
  }

  public AtomFeed {
    entries = List.copyOf(entries);
  }

  /** The feed as XML. */
  public String xml() {
    Instant updated = entries.stream().map(Entry::updated).max(Instant::compareTo).orElse(since);
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(xml, "id", self);
    element(xml, "title", title);
    element(xml, "updated", Times.format(updated));
    xml.append("<author><name>ServerSence</name></author>\n");
    link(xml, "self", self);
    link(xml, "alternate", link);
    for (Entry entry : entries) {
      xml.append("<entry>\n");
      element(xml, "id", "urn:uuid:" + entry.id());
      element(xml, "title", entry.title());
      element(xml, "published", Times.format(entry.published()));
      element(xml, "updated", Times.format(entry.updated()));
      link(xml, "alternate", entry.link());
      xml.append("<content type=\"text\">").append(XmlText.of(entry.text()));
      xml.append("</content>\n</entry>\n");
    }
    return xml.append("</feed>\n").toString();
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>').append(XmlText.of(text));
    xml.append("</").append(name).append(">\n");
  }

  private static void link(StringBuilder xml, String rel, String href) {
    xml.append("<link rel=\"").append(rel).append("\" href=\"").append(XmlText.of(href));
    xml.append("\"/>\n");
  }
}
