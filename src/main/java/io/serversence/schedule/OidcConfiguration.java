package io.serversence.schedule;

import io.serversence.access.ClaimPath;
import io.serversence.access.OidcSettings;
import io.serversence.config.InvalidSetting;
import io.serversence.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the OpenID provider where people sign in. */
final class OidcConfiguration {
  /** All of them; without the first the others are a mistake. */
  static final Set<String> NAMES =
      Set.of(
          "oidc.issuer",
          "oidc.client.id",
          "oidc.client.secret",
          "oidc.scopes",
          "oidc.name.claim",
          "oidc.groups.claim");

  private OidcConfiguration() {}

  static Optional<OidcSettings> read(Settings settings) {
    String issuer = settings.text("oidc.issuer");
    if (issuer == null) {
      for (String name : NAMES) {
        if (settings.text(name) != null) {
          throw new InvalidSetting("oidc.issuer", "is needed with the other settings of OIDC");
        }
      }
      return Optional.empty();
    }
    String client = settings.text("oidc.client.id");
    if (client == null) {
      throw new InvalidSetting("oidc.client.id", "is needed: what the provider calls ServerSence");
    }
    String secret = settings.text("oidc.client.secret");
    return Optional.of(
        new OidcSettings(
            issuer(issuer.strip()),
            client.strip(),
            secret == null ? null : secret.strip(),
            scopes(settings),
            claim(settings, "oidc.name.claim", "preferred_username"),
            claim(settings, "oidc.groups.claim", "groups")));
  }

  /** As it is written: the provider must spell itself the same way. */
  private static URI issuer(String text) {
    try {
      URI issuer = new URI(text);
      if (OidcSettings.confidential(issuer)
          && issuer.getRawUserInfo() == null
          && issuer.getRawQuery() == null
          && issuer.getRawFragment() == null) {
        return issuer;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new InvalidSetting(
        "oidc.issuer",
        "must be an address such as https://sso.example/realms/main; http only on this machine");
  }

  private static List<String> scopes(Settings settings) {
    String text = settings.text("oidc.scopes");
    List<String> scopes =
        List.of((text == null ? "openid profile email" : text).strip().split("[\\s,]+"));
    if (!scopes.contains("openid")
        || !scopes.stream().allMatch(scope -> scope.matches("[!#-\\[\\]-~]{1,100}"))) {
      throw new InvalidSetting("oidc.scopes", "must be words with openid among them");
    }
    return scopes;
  }

  private static ClaimPath claim(Settings settings, String name, String usual) {
    String text = settings.text(name);
    try {
      return ClaimPath.parse(text == null ? usual : text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(name, String.valueOf(e.getMessage()));
    }
  }
}
