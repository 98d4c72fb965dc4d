package io.serversence.access;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what without an account, and the first account.
 *
 * @param anonymous what a caller without credentials may do, or null for nothing
 * @param adminPassword the password that {@code admin} gets at the start, or null to leave it; one
 *     is made up at the first start then
 */
public record AccessSettings(@Nullable Role anonymous, @Nullable String adminPassword) {
  public static final AccessSettings DEFAULT = new AccessSettings(null, null);

  @Override
  public String toString() {
    return "AccessSettings[anonymous=" + anonymous + "]";
  }
}
