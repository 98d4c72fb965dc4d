package io.serversence.alert;

import java.util.regex.Pattern;

/** How a medium writes what is more than plain text, and what it must not take for that. */
enum Markup {
  /** Nothing but characters. */
  PLAIN {
    @Override
    String escape(String text) {
      return text;
    }

    @Override
    String bold(String escaped) {
      return escaped;
    }

    @Override
    String link(String label, String url) {
      return label + ": " + url;
    }
  },
  /** Slack's mrkdwn, whose reference names the three characters to escape. */
  SLACK {
    @Override
    String escape(String text) {
      // Its emphasis has no escape; a zero-width space keeps a pair of marks from being one.
      return html(text).replaceAll("([*_~`])", "$1\u200b");
    }

    @Override
    String bold(String escaped) {
      return "*" + escaped + "*";
    }

    @Override
    String link(String label, String url) {
      return "<" + html(url).replace("|", "%7C") + "|" + escape(label) + ">";
    }
  },
  /** Telegram's HTML mode. */
  TELEGRAM {
    @Override
    String escape(String text) {
      return html(text);
    }

    @Override
    String bold(String escaped) {
      return "<b>" + escaped + "</b>";
    }

    @Override
    String link(String label, String url) {
      return "<a href=\"" + html(url).replace("\"", "&quot;") + "\">" + escape(label) + "</a>";
    }
  },
  /** The Markdown of Discord and of adaptive cards, where a backslash takes a mark's meaning. */
  MARKDOWN {
    @Override
    String escape(String text) {
      return MARKS.matcher(text).replaceAll("\\\\$0");
    }

    @Override
    String bold(String escaped) {
      return "**" + escaped + "**";
    }

    @Override
    String link(String label, String url) {
      return "[" + escape(label) + "](" + url.replace("(", "%28").replace(")", "%29") + ")";
    }
  };

  private static final Pattern MARKS = Pattern.compile("[\\\\*_~`|>\\[\\]()#<@]");

  /** The text, so that the medium shows it as it is. */
  abstract String escape(String text);

  abstract String bold(String escaped);

  abstract String link(String label, String url);

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
