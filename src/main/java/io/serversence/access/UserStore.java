package io.serversence.access;

import java.util.List;

/** Keeps the users. Safe for use by many threads. */
public interface UserStore {
  List<User> all();

  /** Adds a user, or replaces the one of the same name. */
  void save(User user);
}
