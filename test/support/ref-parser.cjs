// In jest's place of openapi-backend's parser of references across files, which is an ES module that jest can't require. Ours has none.
exports.parse = async document => document;
exports.dereference = exports.resolve = undefined;
