package io.serversence.access;

import io.serversence.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Keeps the tokens. Safe for use by many threads; throws as {@link Database} does. */
@ApplicationScoped
public class TokenStore {
  private Database database;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // a proxy has no database of its own
  protected TokenStore() {}

  @Inject
  public TokenStore(Database database) {
    this.database = database;
  }

  /** All, in the order of their ids, which is that of their creation. */
  public List<Token> all() {
    return database.read(
        em ->
            em
                .createQuery("select t from TokenRow t order by t.id", TokenRow.class)
                .getResultList()
                .stream()
                .map(TokenRow::token)
                .toList());
  }

  public void add(Token token) {
    database.writeActive(
        em -> {
          em.persist(new TokenRow(token));
          return true;
        });
  }

  public void remove(String id) {
    database.writeActive(
        em ->
            em.createQuery("delete from TokenRow t where t.id = :id")
                .setParameter("id", id)
                .executeUpdate());
  }
}
