package io.serversence.page;

/** Writes a small page that tells one thing and leads on. Pure. */
public final class NoticeHtml {
  private NoticeHtml() {}

  /**
   * The page.
   *
   * @param home the path of the application, with a slash at its end, where the link leads
   */
  public static String of(String title, String message, String home, String link) {
    String base = XmlText.of(home);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>%1$s · ServerSence</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="%3$sfavicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="%3$sapp.css">
        <link rel="stylesheet" href="%3$sstatus-page.css">
        </head>
        <body class="status-page">
        <main>
        <h1>%1$s</h1>
        <p role="alert">%2$s</p>
        <p><a href="%3$s">%4$s</a></p>
        </main>
        </body>
        </html>
        """
        .formatted(XmlText.of(title), XmlText.of(message), base, XmlText.of(link));
  }
}
