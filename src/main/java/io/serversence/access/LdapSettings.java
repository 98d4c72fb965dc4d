package io.serversence.access;

import java.net.URI;
import java.util.List;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * Where the directory is and how people and groups are found in it. Immutable.
 *
 * @param url {@code ldaps} or {@code ldap} with host and port, or null where there is no directory
 * @param startTls whether the connection turns to TLS before anything is asked over {@code ldap}
 * @param bindDn who asks for people and groups, or null to ask anonymously
 * @param userFilter with {0} for the name that was typed
 * @param groupBase where groups are, or null where nobody has any
 * @param groupFilter with {0} for the distinguished name of a user, {1} for the name
 * @param groupAttribute what a group is called by
 */
public record LdapSettings(
    @Nullable URI url,
    boolean startTls,
    @Nullable String bindDn,
    @Nullable String bindPassword,
    LdapName userBase,
    String userFilter,
    @Nullable LdapName groupBase,
    String groupFilter,
    String groupAttribute) {
  public static final String USER_FILTER = "(uid={0})";
  public static final String GROUP_FILTER = "(member={0})";
  public static final String GROUP_ATTRIBUTE = "cn";

  /** There is no directory. */
  public static final LdapSettings NONE =
      new LdapSettings(
          null,
          false,
          null,
          null,
          new LdapName(List.of()),
          USER_FILTER,
          null,
          GROUP_FILTER,
          GROUP_ATTRIBUTE);

  /** True if there is a directory to ask. */
  public boolean configured() {
    return url != null;
  }

  @Override
  public String toString() {
    return "LdapSettings[" + url + "]";
  }
}
