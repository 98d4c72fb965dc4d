package io.serversence.schedule;

import io.serversence.access.LdapSettings;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Network;
import io.serversence.config.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the directory of users. */
final class DirectorySettings {
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,99}");

  /** All of them; without the first the others are a mistake. */
  static final List<String> NAMES =
      List.of(
          "ldap.url",
          "ldap.tls",
          "ldap.bind.dn",
          "ldap.bind.password",
          "ldap.user.base",
          "ldap.user.filter",
          "ldap.group.base",
          "ldap.group.filter",
          "ldap.group.attribute");

  private DirectorySettings() {}

  static LdapSettings read(Settings settings) {
    String text = settings.text("ldap.url");
    if (text == null) {
      for (String other : NAMES) {
        if (settings.text(other) != null) {
          throw new InvalidSetting("ldap.url", "is needed with " + Settings.environmentName(other));
        }
      }
      return LdapSettings.NONE;
    }
    URI url = url(text.strip());
    LdapName userBase = name(settings, "ldap.user.base");
    if (userBase == null) {
      throw new InvalidSetting("ldap.user.base", "is needed, such as ou=people,dc=example,dc=org");
    }
    String bindDn = settings.text("ldap.bind.dn");
    String bindPassword = settings.text("ldap.bind.password");
    if ((bindDn == null) != (bindPassword == null)) {
      throw new InvalidSetting(
          bindDn == null ? "ldap.bind.dn" : "ldap.bind.password",
          "is needed with the other of the two");
    }
    name(settings, "ldap.bind.dn");
    return new LdapSettings(
        url,
        startsTls(settings, url),
        bindDn,
        bindPassword,
        userBase,
        filter(settings, "ldap.user.filter", LdapSettings.USER_FILTER),
        name(settings, "ldap.group.base"),
        filter(settings, "ldap.group.filter", LdapSettings.GROUP_FILTER),
        attribute(settings));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("ldaps") || scheme.equals("ldap"))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && String.valueOf(url.getRawPath()).replace("/", "").isEmpty()) {
        return new URI(scheme, null, url.getHost(), url.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // told below, like an address of another kind
    }
    throw new InvalidSetting("ldap.url", "must be such as ldaps://ldap.example:636");
  }

  /** Passwords go over a plain connection only where that is asked for, or within the machine. */
  private static boolean startsTls(Settings settings, URI url) {
    String word = settings.text("ldap.tls");
    if (word != null && !word.equals("start") && !word.equals("none")) {
      throw new InvalidSetting("ldap.tls", "must be start or none");
    }
    if (url.getScheme().equals("ldaps")) {
      if (word != null) {
        throw new InvalidSetting("ldap.tls", "is for ldap:// only");
      }
      return false;
    }
    if (word == null && !isLoopback(url.getHost())) {
      throw new InvalidSetting(
          "ldap.url",
          "must begin with ldaps://, unless "
              + Settings.environmentName("ldap.tls")
              + " is start, for StartTLS, or none");
    }
    return "start".equals(word);
  }

  private static boolean isLoopback(String host) {
    InetAddress address = Network.address(host.replaceAll("[\\[\\]]", ""));
    return host.equalsIgnoreCase("localhost") || (address != null && address.isLoopbackAddress());
  }

  private static @Nullable LdapName name(Settings settings, String setting) {
    String text = settings.text(setting);
    try {
      return text == null ? null : new LdapName(text.strip());
    } catch (InvalidNameException e) {
      throw new InvalidSetting(setting, "must be such as ou=people,dc=example,dc=org");
    }
  }

  private static String filter(Settings settings, String setting, String otherwise) {
    String text = settings.text(setting);
    String filter = text == null ? otherwise : text.strip();
    boolean asks = filter.contains("{0}") || (isOfGroups(setting) && filter.contains("{1}"));
    if (!filter.startsWith("(") || !asks || !isBalanced(filter)) {
      throw new InvalidSetting(setting, "must be a filter such as " + otherwise);
    }
    return filter;
  }

  /** Those may ask by name as well. */
  private static boolean isOfGroups(String setting) {
    return setting.equals("ldap.group.filter");
  }

  private static boolean isBalanced(String filter) {
    int open = 0;
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (open == 0 && i < filter.length() - 1) {
        return false;
      }
    }
    return open == 0;
  }

  private static String attribute(Settings settings) {
    String text = settings.text("ldap.group.attribute");
    if (text != null && !ATTRIBUTE.matcher(text).matches()) {
      throw new InvalidSetting("ldap.group.attribute", "must be the name of one, such as cn");
    }
    return text == null ? LdapSettings.GROUP_ATTRIBUTE : text;
  }
}
