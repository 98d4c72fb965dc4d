package io.serversence.alert;

import io.serversence.access.SecretBox;
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
  private final SecretBox box;
  private final Sender sender;
  private final ChannelUse use;
  private final Supplier<Instant> now;

  /**
   * An empty one until {@link #load}.
   *
   * @param box seals the secrets of channels
   */
  public ChannelStore(
      Database database, SecretBox box, Sender sender, ChannelUse use, Supplier<Instant> now) {
    this.box = box;
    this.store =
        new KeptStore<>(
            database,
            "channel",
            MOST,
            Channel::id,
            channel -> ChannelSecrets.sealed(ChannelDocument.write(channel, true), box),
            document -> ChannelDocument.read(ChannelSecrets.opened(document, box), null));
    this.sender = sender;
    this.use = use;
    this.now = now;
  }

  /**
   * Seals anew the secrets that are not sealed with the newest key; a channel's revision stays.
   *
   * @return how many channels have changed
   */
  public int reseal() {
    return store.rewrite(document -> ChannelSecrets.sealed(document, box));
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
