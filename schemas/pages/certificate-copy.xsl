<?xml version="1.0" encoding="UTF-8"?>
<!-- clearance/certificate-copy.html: the loading certificate as a copy, on request. Tree: stages/pages/page-certificate.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="certificate.xsl"/>
</xsl:stylesheet>
