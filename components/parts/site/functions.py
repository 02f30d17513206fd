"""The CloudFront functions that rewrite an address before the origin is asked: one for each kind of behaviour."""

from runtime.contracts.origin import API_PREFIX, PACS_PREFIX

RUNTIME = "cloudfront-js-2.0"
# The page itself reads an address without a file's extension, and every address of a study.
PAGE = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.') || request.uri.startsWith('/studies/')) request.uri = '/index.html';
  return request;
}
"""
# The APIs do not know the prefix, by which CloudFront chooses the origin.
WITHOUT_PREFIX = f"""function handler(event) {{
  var request = event.request;
  request.uri = request.uri.replace(/^\\/({API_PREFIX[1:]}|{PACS_PREFIX[1:]})(?=\\/)/, '');
  return request;
}}
"""
