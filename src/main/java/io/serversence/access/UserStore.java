package io.serversence.access;

import io.serversence.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Keeps the users. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class UserStore {
  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected UserStore() {}

  @Inject
  public UserStore(Database database) {
    this.database = database;
  }

  /** All, ordered by name. */
  public List<User> all() {
    return database.read(
        em ->
            em
                .createQuery("select u from UserRow u order by u.name", UserRow.class)
                .getResultList()
                .stream()
                .map(UserRow::user)
                .toList());
  }

  /** Adds a user, or replaces the one of the same name. */
  public void save(User user) {
    database.writeActive(em -> em.merge(new UserRow(user)));
  }

  public void remove(String name) {
    database.writeActive(
        em ->
            em.createQuery("delete from UserRow u where u.name = :name")
                .setParameter("name", name)
                .executeUpdate());
  }
}
