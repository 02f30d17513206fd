"""What CloudFront does with an address before it asks an origin: JavaScript of a few lines, one for each behaviour."""

from runtime.contracts.origin import API_PREFIX, PACS_PREFIX

RUNTIME = "cloudfront-js-2.0"
# An address without a file's ending is the page's own, which reads it itself; so are the identifiers of studies.
PAGE = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.') || request.uri.startsWith('/studies/')) request.uri = '/index.html';
  return request;
}
"""
# An API knows nothing of the prefix; CloudFront has chosen the origin by it already.
WITHOUT_PREFIX = f"""function handler(event) {{
  var request = event.request;
  request.uri = request.uri.replace(/^\\/({API_PREFIX[1:]}|{PACS_PREFIX[1:]})(?=\\/)/, '');
  return request;
}}
"""
