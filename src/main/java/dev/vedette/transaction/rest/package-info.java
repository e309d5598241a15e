/**
 * Transactions, their schema and their rules over HTTP: decodes, asks, and answers. First class to
 * read: {@link dev.vedette.transaction.rest.TransactionsResource}.
 */
@NullMarked
package dev.vedette.transaction.rest;

import org.jspecify.annotations.NullMarked;
