package io.serversence.schedule;

import io.serversence.access.ClientAddress;
import io.serversence.access.ProxyHeaders;
import io.serversence.access.RoleMapping;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Network;
import io.serversence.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings by which people without an account here are let in. */
final class OutsideSettings {
  static final Set<String> NAMES =
      Set.of("roles", "proxies", "proxy.user.header", "proxy.groups.header");

  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  private OutsideSettings() {}

  /** Needed as soon as anybody is to come from outside, who would have no role otherwise. */
  static RoleMapping roles(Settings settings) {
    String text = settings.text("roles");
    if (text == null) {
      if (Stream.of("proxy.user.header", "ldap.url", "oidc.issuer")
          .anyMatch(name -> settings.text(name) != null)) {
        throw new InvalidSetting("roles", "is needed, such as admin=ops-admins,viewer=*");
      }
      return RoleMapping.NONE;
    }
    try {
      return RoleMapping.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("roles", String.valueOf(e.getMessage()));
    }
  }

  static ClientAddress client(Settings settings) {
    List<Network> proxies = proxies(settings);
    String user = header(settings, "proxy.user.header");
    String groups = header(settings, "proxy.groups.header");
    if (user == null && groups != null) {
      throw new InvalidSetting("proxy.user.header", "is needed with the header of the groups");
    }
    if (user != null && proxies.isEmpty()) {
      throw new InvalidSetting("proxies", "is needed, lest anyone could say who he is");
    }
    return new ClientAddress(proxies, new ProxyHeaders(user, groups));
  }

  private static List<Network> proxies(Settings settings) {
    List<Network> networks = new ArrayList<>();
    for (String text : settings.list("proxies")) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException e) {
        throw new InvalidSetting("proxies", text + " " + e.getMessage());
      }
    }
    return networks;
  }

  private static @Nullable String header(Settings settings, String name) {
    String text = settings.text(name);
    if (text != null && !HEADER.matcher(text).matches()) {
      throw new InvalidSetting(name, "must be the name of a header, such as Remote-User");
    }
    return text;
  }
}
