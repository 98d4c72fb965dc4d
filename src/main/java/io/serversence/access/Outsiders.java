package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/**
 * Lets people in who have no account here: their groups say what they may do. They never stand for
 * a local user, so that whoever chooses names outside gets nobody's rights here. Safe for use by
 * many threads.
 */
@ApplicationScoped
public class Outsiders {
  private static final int LONGEST_NAME = 100;

  @Inject Users users;
  @Inject AccessSettings settings;

  /**
   * The user that somebody is here.
   *
   * @throws Refused FORBIDDEN if there is none: no group has a role, or the name cannot be taken
   */
  public User admit(Vouched vouched, Instant now) {
    String name = vouched.name().strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.startsWith("token:") // would look like a token's in the audit
        || name.chars().anyMatch(Character::isISOControl)) {
      throw refused("the name from outside is not one of 1 to 100 characters");
    }
    Role role =
        settings
            .roles()
            .of(vouched.groups())
            .orElseThrow(() -> refused("none of your groups has a role here"));
    User user = User.fromOutside(name, role, now);
    if (!users.unchanged(user)) {
      throw refused("your name is that of a local user, who must sign in with a password");
    }
    return user;
  }

  private static Refused refused(String detail) {
    return new Refused(Refused.Reason.FORBIDDEN, detail);
  }
}
