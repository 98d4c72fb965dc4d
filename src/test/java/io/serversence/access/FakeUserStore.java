package io.serversence.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps users in memory, and counts what was written. */
final class FakeUserStore implements UserStore {
  final Map<String, User> users = new LinkedHashMap<>();
  int saved;

  @Override
  public List<User> all() {
    return new ArrayList<>(users.values());
  }

  @Override
  public void save(User user) {
    users.put(user.name(), user);
    saved++;
  }
}
