package io.serversence.probe;

import java.util.List;
import java.util.Locale;

/** The ways to write an IPv4 address as the host of a URL that one program or another reads. */
final class Spellings {
  private Spellings() {}

  static List<String> of(byte[] address) {
    int a = address[0] & 0xff;
    int b = address[1] & 0xff;
    int c = address[2] & 0xff;
    int d = address[3] & 0xff;
    long whole = (long) a << 24 | b << 16 | c << 8 | d;
    String dotted = a + "." + b + "." + c + "." + d;
    String two = hex("%02x%02x:%02x%02x", a, b, c, d);
    String inverted = hex("%02x%02x:%02x%02x", a ^ 0xff, b ^ 0xff, c ^ 0xff, d ^ 0xff);
    return List.of(
        dotted,
        dotted + ".",
        Long.toString(whole),
        hex("0x%08x", whole),
        hex("0X%X", whole),
        hex("0%o", whole),
        hex("0000000%o", whole),
        hex("0x%x.0x%x.0x%x.0x%x", a, b, c, d),
        hex("0x%08x.0x%08x.0x%08x.0x%08x", a, b, c, d),
        hex("0%o.0%o.0%o.0%o", a, b, c, d),
        hex("%04o.%04o.%04o.%04o", a, b, c, d),
        hex("%03d.%03d.%03d.%03d", a, b, c, d),
        a + "." + (whole & 0xffffff),
        a + "." + b + "." + (whole & 0xffff),
        hex("0x%x.%d", a, whole & 0xffffff),
        hex("%d.0x%x.0%o.%d", a, b, c, d),
        hex("0%o.%d.%d.0x%x", a, b, c, d),
        (a + 256) + "." + b + "." + c + "." + d,
        Long.toString(whole + (1L << 32)),
        moved(dotted, 0xff10, '.'),
        moved(dotted, 0x1d7ce, '.'),
        moved(dotted, 0x1d7d8, '.'),
        moved(dotted, '0', 0x3002),
        moved(dotted, '0', 0xff0e),
        moved(dotted, 0xff10, 0xff61),
        moved(dotted, 0x0660, '.'),
        "%" + hex("%02x", (int) dotted.charAt(0)) + dotted.substring(1),
        "127.0.0.1@" + dotted,
        "127.0.0.1:80@" + dotted,
        "127.0.0.1%23@" + dotted,
        "[" + dotted + "]",
        "[::ffff:" + dotted + "]",
        "[::FFFF:" + two + "]",
        "[0:0:0:0:0:ffff:" + two + "]",
        "[0000:0000:0000:0000:0000:ffff:" + two + "]",
        "[::" + dotted + "]",
        "[::" + two + "]",
        "[::ffff:0:" + dotted + "]",
        "[64:ff9b::" + dotted + "]",
        "[64:ff9b::" + two + "]",
        "[64:ff9b:1::" + two + "]",
        "[2002:" + two + "::1]",
        "[2001:0:c000:201:0:0:" + inverted + "]",
        "[2606:4700::5efe:" + two + "]",
        "[2606:4700::200:5efe:" + dotted + "]",
        "[::ffff:" + dotted + "%25lo]");
  }

  private static String hex(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  /** The digits of another alphabet, and another dot. */
  private static String moved(String dotted, int zero, int dot) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dotted.length(); i++) {
      char c = dotted.charAt(i);
      text.appendCodePoint(c == '.' ? dot : c - '0' + zero);
    }
    return text.toString();
  }
}
