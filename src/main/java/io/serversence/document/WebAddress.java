package io.serversence.document;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses of the web that somebody wants to be asked. */
public final class WebAddress {
  private WebAddress() {}

  /**
   * Reads an address; what is wrong with it is noted as a fault of the field.
   *
   * @param text what the field has
   * @param instead what to do instead of putting a password into it, such as {@code ; use auth}
   */
  public static @Nullable URI read(Fields fields, String field, String text, String instead) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return fields.fault(field, "is not a URL: " + e.getReason());
    }
    String scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return fields.fault(field, "must begin with http:// or https://");
    }
    if (url.getHost() == null) {
      return fields.fault(field, "must have a host");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      return fields.fault(field, "must have a port from 1 to 65535");
    }
    return url.getUserInfo() == null
        ? url
        : fields.fault(field, "must not carry a password" + instead);
  }
}
