/**
 * The bytes of a request, whatever its protocol: how large they may be, how they are decompressed,
 * how protobuf is read, and what is said of bytes that cannot be read. First class to read: {@link
 * dev.vedette.ingestion.body.ProtobufReader}.
 */
@NullMarked
package dev.vedette.ingestion.body;

import org.jspecify.annotations.NullMarked;
