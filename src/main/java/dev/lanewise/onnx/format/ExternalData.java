package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Data of tensors in files beside the model's, as the `external_data` of a `TensorProto` name them: `location`,
/// `offset`, `length`.
///
/// A location must lead to a regular file in the model's folder or below it, possibly through links. If the model
/// itself is a link, the folder of its target counts as well, as in the caches of model hubs. Anything else is refused
/// before it is opened. A file is opened once, and closed with this.
///
/// Source: [ONNX, External Data](https://onnx.ai/onnx/repo-docs/ExternalData.html).
public final class ExternalData implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  /// The most files that are open at a time: some exporters write one for each tensor.
  private static final int MOST_OPEN = 32;

  /// The most tensors that may share a byte, on average: it bounds the memory of a model by the size of its files.
  private static final int MOST_SHARES = 4;
  private static final long SMALL_BYTES = 1 << 20;

  private static final Pattern NATURAL = Pattern.compile("[0-9]{1,18}");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private final Path model;
  private final Map<Path, Source> sources = new LinkedHashMap<>();
  private final Map<String, Source> byLocation = new HashMap<>();
  private ByteBuffer buffer;

  private ExternalData(Path model) {
    this.model = model;
  }

  /// {@return the data beside this file; to be closed}
  public static ExternalData beside(Path model) {
    return new ExternalData(model);
  }

  /// {@return no data: for a model that does not come from a file, and so has no folder}
  public static ExternalData none() {
    return new ExternalData(null);
  }

  /// A file, of which `taken` bytes have been read, some perhaps twice. Its channel is null while it is closed.
  private static final class Source {
    private final Path path;
    private final long size;
    private long taken;
    private SeekableByteChannel channel;

    Source(Path path, long size) {
      this.path = path;
      this.size = size;
    }
  }

  /// {@return `count` elements}
  ///
  /// @param entries the tensor's `external_data`
  /// @throws FormatException if a location leads elsewhere, or there are not so many bytes
  Elements read(Map<String, String> entries, ElementType type, int count) throws IOException {
    String location = entries.get("location");
    if (location == null) {
      throw new FormatException("external data have no location");
    }
    long bytes = type.bytes(count);
    long offset = natural(entries, "offset", 0);
    long length = natural(entries, "length", bytes);
    if (length != bytes) {
      throw new FormatException("external data have the length " + length + ", expected " + bytes);
    }
    Source source = source(location);
    if (offset > source.size - length) {
      throw new FormatException("external data are bytes " + offset + " to " + (offset + length) + ", but "
          + Excerpt.of(location) + " has " + source.size);
    }
    source.taken += length;
    if (source.taken > MOST_SHARES * source.size + SMALL_BYTES) {
      throw new FormatException("external data: tensors take more of " + Excerpt.of(location) + " than " + MOST_SHARES
          + " times the " + source.size + " bytes that it has");
    }
    Elements elements = new Elements(type, count);
    read(source, location, offset, length, elements);
    return elements;
  }

  private static long natural(Map<String, String> entries, String key, long absent) throws FormatException {
    String text = entries.get(key);
    if (text == null) {
      return absent;
    }
    if (!NATURAL.matcher(text).matches()) {
      throw new FormatException("external data have the " + key + " " + Excerpt.of(text)
          + ", expected a number of 1 to 18 digits");
    }
    return Long.parseLong(text);
  }

  private void read(Source source, String location, long offset, long length, Elements elements) throws IOException {
    SeekableByteChannel channel = opened(source);
    channel.position(offset);
    buffer = buffer == null ? ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN) : buffer;
    for (long left = length; left > 0; left -= buffer.limit()) {
      buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new FormatException("external data: " + Excerpt.of(location) + " ends before its " + source.size
              + " bytes");
        }
      }
      elements.put(buffer.flip());
    }
  }

  private SeekableByteChannel opened(Source source) throws IOException {
    if (source.channel == null) {
      if (sources.values().stream().filter(other -> other.channel != null).count() >= MOST_OPEN) {
        close();
      }
      boolean isOnDisk = source.path.getFileSystem() == FileSystems.getDefault();
      Set<OpenOption> options = isOnDisk ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS) : Set.of();
      source.channel = Files.newByteChannel(source.path, options);
    }
    return source.channel;
  }

  private Source source(String location) throws IOException {
    Source known = byLocation.get(location);
    if (known == null) {
      Path path = real(location);
      known = sources.get(path);
      if (known == null) {
        BasicFileAttributes found =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
          throw new FormatException("external data: " + Excerpt.of(location) + " is a "
              + (found.isDirectory() ? "folder" : "device, pipe or socket") + ", expected a regular file");
        }
        known = new Source(path, found.size());
        sources.put(path, known);
      }
      byLocation.put(location, known);
    }
    return known;
  }

  /// The file that a location leads to, with links resolved.
  private Path real(String location) throws IOException {
    if (model == null) {
      throw new FormatException("external data in " + Excerpt.of(location)
          + ", but the model was not read from a file, so no folder is known: read it by its path");
    }
    Path relative = relative(location);
    Path folder = model.toAbsolutePath().getParent();
    Path found;
    try {
      found = folder.resolve(relative).toRealPath();
    } catch (NoSuchFileException _) {
      throw new FormatException("external data: there is no file " + Excerpt.of(location)
          + " beside the model, which does not hold its weights itself");
    }
    if (!found.startsWith(folder.toRealPath()) && !found.startsWith(model.toRealPath().getParent())) {
      throw outside(location);
    }
    return found;
  }

  private Path relative(String location) throws FormatException {
    if (location.isEmpty() || location.indexOf('\0') >= 0) {
      throw outside(location);
    }
    // On Windows a backslash separates folders, and a drive is no name: what is refused there is refused everywhere.
    if (location.indexOf('\\') >= 0 || location.startsWith("/") || DRIVE.matcher(location).matches()) {
      throw outside(location);
    }
    for (String name : location.split("/")) {
      if ("..".equals(name)) {
        throw outside(location);
      }
    }
    try {
      Path path = model.getFileSystem().getPath(location);
      if (path.isAbsolute() || path.getRoot() != null) {
        throw outside(location);
      }
      return path;
    } catch (InvalidPathException _) {
      throw outside(location);
    }
  }

  private static FormatException outside(String location) {
    return new FormatException("external data: the location is '" + Excerpt.of(location)
        + "', expected a file's path below the model's folder");
  }

  /// Closes the files; what is read later opens them again.
  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (Source source : sources.values()) {
      try {
        if (source.channel != null) {
          source.channel.close();
          source.channel = null;
        }
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
