<?xml version="1.0" encoding="UTF-8"?>
<!-- The declarant's copy of a referral: what policy refer.disclose allows. Tree: stages/pages/page-declarant.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body>
        <xsl:call-template name="header"/>
        <main id="main">
          <xsl:call-template name="outcome"/>
          <section aria-labelledby="who">
            <h2 id="who"><xsl:value-of select="$words/consignment"/></h2>
            <xsl:for-each select="consignment"><xsl:call-template name="facts"/></xsl:for-each>
          </section>
          <section aria-labelledby="find">
            <h2 id="find"><xsl:value-of select="$words/findings"/></h2>
            <h3><xsl:value-of select="$words/told"/></h3>
            <xsl:for-each select="told/finding"><xsl:call-template name="finding"/></xsl:for-each>
          </section>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
