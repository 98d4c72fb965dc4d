package io.serversence.access;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what without an account, and the first account.
 *
 * @param anonymous what a caller without credentials may do, or null for nothing
 * @param adminPassword the password that {@code admin} gets at the start, or null to leave it; one
 *     is made up at the first start then
 * @param roles what people without an account here may do, by their groups elsewhere
 */
public record AccessSettings(
    @Nullable Role anonymous, @Nullable String adminPassword, RoleMapping roles) {
  public static final AccessSettings DEFAULT = new AccessSettings(null, null);

  /** Where nobody comes from elsewhere. */
  public AccessSettings(@Nullable Role anonymous, @Nullable String adminPassword) {
    this(anonymous, adminPassword, RoleMapping.NONE);
  }

  @Override
  public String toString() {
    return "AccessSettings[anonymous=" + anonymous + "]";
  }
}
