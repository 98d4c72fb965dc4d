package io.serversence.alert;

import io.serversence.database.Database;
import io.serversence.database.Kept;
import io.serversence.database.KeptStore;
import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the channels. Safe for use by many threads; throws as {@link Database} does. */
public final class ChannelStore implements Channels {
  private static final int MOST = 1_000;

  private final KeptStore<Channel> store;
  private final Sender sender;
  private final ChannelUse use;
  private final Supplier<Instant> now;

  /** An empty one until {@link #load}. */
  public ChannelStore(Database database, Sender sender, ChannelUse use, Supplier<Instant> now) {
    this.store =
        new KeptStore<>(
            database,
            "channel",
            MOST,
            Channel::id,
            channel -> ChannelDocument.write(channel, true),
            document -> ChannelDocument.read(document, null));
    this.sender = sender;
    this.use = use;
    this.now = now;
  }

  /** Where they are kept, for who changes many at once and knows what uses them. */
  public KeptStore<Channel> kept() {
    return store;
  }

  /** Reads all channels. */
  public void load() {
    store.load();
  }

  @Override
  public Optional<Kept<Channel>> find(String id) {
    return store.find(id);
  }

  @Override
  public List<Kept<Channel>> all() {
    return store.all();
  }

  @Override
  public Kept<Channel> create(Channel channel) {
    return store.create(channel, false, now.get());
  }

  @Override
  public Kept<Channel> replace(Channel channel, @Nullable Long revision) {
    return store.replace(channel, revision, now.get());
  }

  @Override
  public void delete(String id, @Nullable Long revision) {
    String user = use.of(id);
    if (user != null) {
      throw new Refused(Refused.Reason.CONFLICT, "the channel is in use by " + user);
    }
    store.delete(id, revision);
  }

  @Override
  public CompletionStage<Delivery> test(Channel channel, String link) {
    Instant at = now.get();
    UUID id = Ids.at(at);
    return sender.send(
        channel, new Message(id, "test-" + id, AlertEvent.TEST, at, 0, List.of(), List.of(), link));
  }
}
