package io.serversence.access;

import io.serversence.config.Network;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID provider where people may sign in.
 *
 * @param issuer as the provider spells itself
 * @param clientId what ServerSence is called there
 * @param clientSecret null for a public client, which has none
 * @param scopes {@code openid} among them
 * @param name the claim with the user's name
 * @param groups the claim with the groups, which have roles here
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    List<String> scopes,
    ClaimPath name,
    ClaimPath groups) {
  public OidcSettings {
    scopes = List.copyOf(scopes);
  }

  /** True for https, and for http that does not leave the machine. */
  public static boolean confidential(URI address) {
    String host = address.getHost();
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (host == null || !scheme.equals("http")) {
      return host != null && scheme.equals("https");
    }
    InetAddress literal = Network.address(host.replaceAll("[\\[\\]]", ""));
    return literal == null ? host.equalsIgnoreCase("localhost") : literal.isLoopbackAddress();
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }
}
